"""How fast the platform is on this machine, beside the same rows written by hand. `make bench` runs it.

Every figure stands beside one of plain PostgreSQL, taken in the same run on the same servers, with every safety
of the database on; the ratio is what can be compared between machines.
"""
