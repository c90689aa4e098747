"""How fast the platform is, beside the least that the database would have to do."""
