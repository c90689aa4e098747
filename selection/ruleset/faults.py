"""What is wrong with a rule set, told by part, key, row and a code that pages put into words."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """A fault of a rule set.

    ``part`` is one of its parts ("" is the document), ``key`` a name in it, ``row`` the number, place or name of the
    row at fault where the key holds a table. Codes:

    - ``format``, ``missing``, ``unknown``, ``kind``: the document is none of this format, lacks a key, has one that is
      not known, or a value of another kind
    - ``range``: a number outside what it may be
    - ``choice``: none of the words that are known, or one twice
    - ``uncovered``: for so many bids, or winners, nothing is said
    - ``sum``: shares that do not add up to 1
    - ``undecided``: the keys of ties do not end with one that always decides
    - ``unfit``: does not go with another part or key
    - ``endless``: with so many bids a lot comes to no end
    """

    part: str
    key: str
    code: str
    row: str = ""

    def __str__(self) -> str:
        where = ".".join(name for name in (self.part, self.key, self.row) if name)
        return f"{where}: {self.code}"


class Unread(ValueError):
    """A document that is no rule set: ``fault`` says where."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault
