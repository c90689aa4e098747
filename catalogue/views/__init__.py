"""Pages of the catalogue: items, the price register, imports."""
