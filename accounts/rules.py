"""Identity of organisations, the unified social credit code (GB 32100-2015), and of regions (GB/T 2260); which
organisations belong together; and numbers of bank accounts."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from core.folding import fold

# Demo organisations carry codes of this range, which no registration authority issues: region 990000
# does not exist in GB/T 2260, and the organisation part starts with DEM.
DEMO_REGION = "990000"
DEMO_BODY = "DEM"
# All people of the demo have this password, and addresses of a domain that exists nowhere (RFC 2606).
DEMO_PASSWORD = "demo-demo-demo"
DEMO_DOMAIN = "demo.example"

# Numbers of bank accounts: at most as long as an international one (ISO 13616); the shortest in use here have eight.
ACCOUNT_NUMBER_LENGTH = 34
_ACCOUNT_NUMBER = re.compile(rf"[0-9A-Z]{{8,{ACCOUNT_NUMBER_LENGTH}}}")
SHOWN_SIGNS = 4
PROPOSAL_DAYS = 7  # a proposed bank account that nobody confirms lapses then
COOLING = timedelta(hours=72)  # from the confirmation of an account that replaces another until it is used

_BODY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def clean_uscc(text: str) -> str:
    """A unified social credit code in its plain form. ValueError when a check digit does not fit."""
    try:
        code: str = uscc.validate(text.strip().upper())
    except ValidationError:
        raise ValueError("not a valid unified social credit code") from None
    if organisation_check_digit(code[8:16]) != code[16]:
        raise ValueError("the organisation part of the code has a wrong check digit")
    return code


def organisation_check_digit(body: str) -> str:
    """The check digit of the nine-character organisation part (GB 11714-1997)."""
    total = sum(weight * _BODY_ALPHABET.index(sign) for weight, sign in zip(_BODY_WEIGHTS, body, strict=True))
    digit = (11 - total % 11) % 11
    return "X" if digit == 10 else str(digit)


def demo_uscc(number: int) -> str:
    """The ``number``-th code of the demo range, with real check digits."""
    body = f"{DEMO_BODY}{number:05d}"
    code = f"91{DEMO_REGION}{body}{organisation_check_digit(body)}"
    return code + uscc.calc_check_digit(code)


def is_demo_uscc(code: str) -> bool:
    return code[2:8] == DEMO_REGION and code[8:11] == DEMO_BODY


def demo_email(login: str) -> str:
    return f"{login}@{DEMO_DOMAIN}"


def region_prefix(code: str) -> str:
    """What the codes of a region and of all regions in it begin with: two digits of six for a province.

    >>> region_prefix("420000"), region_prefix("421000"), region_prefix("421003")
    ('42', '4210', '421003')
    """
    return code[:2] if code.endswith("0000") else code.removesuffix("00")


def groups(pairs: Iterable[tuple[int, int]], members: Iterable[int]) -> list[frozenset[int]]:
    """Which of the members belong together, by pairs that do, also through others that are no members: groups of two
    and more, the one with the smallest member first.

    >>> [sorted(group) for group in groups([(1, 2), (2, 9), (9, 4), (5, 6)], [1, 4, 5, 7])]
    [[1, 4]]
    """
    head: dict[int, int] = {}

    def first(one: int) -> int:
        while (above := head.setdefault(one, one)) != one:
            one = above
        return one

    for one, other in pairs:
        head[max(first(one), first(other))] = min(first(one), first(other))
    found: dict[int, set[int]] = {}
    for member in members:
        found.setdefault(first(member), set()).add(member)
    return sorted((frozenset(group) for group in found.values() if len(group) > 1), key=min)


class AccountStage(StrEnum):
    """Where a bank account stands, by its record and by what time alone has made of it."""

    PROPOSED = "proposed"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    COOLING = "cooling"
    IN_USE = "in_use"
    REPLACED = "replaced"


def clean_account_number(text: str) -> str:
    """The number of a bank account without blanks and dashes, however it was copied. ValueError for anything else.

    >>> clean_account_number("6222 0212-3456 7890"), clean_account_number("gb29nwbk60161331926819")
    ('6222021234567890', 'GB29NWBK60161331926819')
    """
    number = fold(text).upper()
    if not _ACCOUNT_NUMBER.fullmatch(number):
        raise ValueError("not the number of a bank account")
    return number


def masked(number: str) -> str:
    """What everybody else is shown of an account's number: its end, by which its owner knows it again.

    >>> masked("6222021234567890")
    '•••• 7890'
    """
    return f"•••• {number[-SHOWN_SIGNS:]}"


def usable_from(confirmed_at: datetime, *, replaces: bool) -> datetime:
    """From when payments go to an account: at once where it is the first, else after the time in which whoever is told
    of it can stop it. Confirmed on Friday at 16:00 it takes the place of another on Monday at 16:00."""
    return confirmed_at + COOLING if replaces else confirmed_at
