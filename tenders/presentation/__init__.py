"""How tenders, bids, openings, evaluation and awards look on pages: words and tones, steps, facts, explanations."""
