"""How bids become winners: rules as data, and their engine. Pure: no Django, no database, no clock.

- `ruleset`: the rules of one procedure as data, their format, and the sets that ship with the product
- `evaluation`: who passes the technical envelope
- `ranking`: which price is lowest, and why
- `conversion`: volumes of several items as one
- `allocation`: which winner supplies how much to whom
- `rounding`: the one rounding of prices and amounts

`checking` computes the same a second time from published records and shares no code with this package.
"""
