"""Every change of state in demand, tenders, bids, evaluation and award: one verb, one function, one transaction."""
