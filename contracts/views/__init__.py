"""Pages from the contract to the payment: thin skins over the room's actions."""
