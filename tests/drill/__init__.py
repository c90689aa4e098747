"""The day after a disk died: `make drill` backs an installation up, destroys it, restores it and looks whether it is
whole, with the programs of `deploy/` as `docs/operations.md` says."""
