"""How bids become winners: rules as data, and their engine. Pure: no Django, no database, no clock.

- `ruleset`: the rules of one procedure as data, and their format
- `presets`: the rule sets that ship with the product
- `evaluation`: who passes the technical envelope
- `ranking`: which price is lowest, and why
- `conversion`: prices and volumes of several specifications as one
- `allocation`: which winner supplies how much to whom
- `rounding`: the one rounding of prices and amounts

`checking` computes the same a second time from published records and shares no code with this package.
"""
