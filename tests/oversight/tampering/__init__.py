"""Tamperings of families, drawn by seed: by whom, on which table, by which door, with which cover-up."""
