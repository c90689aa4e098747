"""Pages from the contract to the delivery: thin skins over the room's actions."""
