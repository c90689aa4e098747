"""What pages say of what the catalogue holds."""
