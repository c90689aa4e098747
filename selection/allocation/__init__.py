"""How much of a need is agreed and who supplies it: one module a method, each exact and in whole base units.

- `dividing`: a whole need among the winners of a lot: whole, by shares, or region by region
- `shares`: how much is agreed, and for how long, by number of winners and class of medicine; year by year
- `brands`: volumes named for a brand first to that brand
- `turns`: regions chosen in turns, main suppliers and standbys
- `ranks`: consumables by rank, and `handing`: what a hospital hands out itself
- `cascade`: lenses, each next a part of what remains
- `classes`: insulin, by class of price
- `units`: the one rounding, and what was not handed out; `documents`: all of it as JSON

A rule, its inputs and its result are frozen; a result has a row for everything that it was given, handed out or listed
with a coded reason. `docs/rules-allocation.md` describes each with a worked example.
"""

from selection.allocation.dividing import Need, Portion, agreed, allocate, chooses, shares_of, split

__all__ = ["Need", "Portion", "agreed", "allocate", "chooses", "shares_of", "split"]
