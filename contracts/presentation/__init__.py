"""How contracts, orders, deliveries and debts look on pages: words and tones, steps, facts, letters."""
