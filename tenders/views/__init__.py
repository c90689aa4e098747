"""Pages: thin skins over the actions."""
