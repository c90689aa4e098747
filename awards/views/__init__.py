"""Pages of awards and results."""
