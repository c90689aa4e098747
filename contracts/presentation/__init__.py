"""How contracts, orders, deliveries and money look on pages: words and tones, steps, facts, letters."""
