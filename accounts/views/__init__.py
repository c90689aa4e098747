"""Pages of this room: organisations and seats, signing in, one's own account, and its factors."""
