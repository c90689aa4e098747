"""How awards and results look."""
