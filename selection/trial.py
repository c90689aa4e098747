"""A rule set tried out: over bids that are made up, and over every number of them."""

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from selection.ranking import Priced
from selection.ruleset import Fault, RuleSet, faults_of
from selection.ruleset.numbers import MOST_BIDS
from selection.selecting import Answers, Candidate, End, Selection, Terms, select

CEILING = Decimal(100)


def made_up(number: int, seed: str = "trial") -> list[Candidate]:
    """So many bids of as many companies, at prices between a tenth of the ceiling and the ceiling; the same for the
    same seed."""
    return [_made_up(place, seed) for place in range(1, number + 1)]


def _made_up(place: int, seed: str) -> Candidate:
    dice = hashlib.sha256(f"{seed} {place}".encode()).digest()
    price = CEILING / 10 + CEILING * 9 / 10 * Decimal(int.from_bytes(dice[:2])) / 65535
    facts = {"demand": Decimal(int.from_bytes(dice[2:4])), "sampling": Decimal(dice[4] % 3)}
    offer = Priced(
        f"B-{place:02d}", price.quantize(Decimal("0.01")), 1, True, "CNY", Decimal(1), Decimal(60), facts=facts
    )
    return Candidate(offer, (f"C-{place:02d}",), full_supply=dice[5] % 4 > 0)


def made_up_terms(rules: RuleSet, seed: str = "trial") -> Terms:
    """The terms of a made-up lot; the classes of a rule set have prices that fall evenly from the ceiling."""
    named = rules.selection.classes.names[:-1] if rules.selection.classes else ()
    prices = {name: Fraction(CEILING) * place / (len(named) + 1) for place, name in enumerate(named, start=1)}
    root = hashlib.sha256(seed.encode()).hexdigest()
    return Terms(Fraction(CEILING), "CNY", root, class_prices=prices)


def tried(rules: RuleSet, number: int, *, agree: bool = True, seed: str = "trial") -> list[Selection]:
    """What a rule set makes of so many made-up bids: each stage that waits, and the end. Everybody who is asked
    accepts and quotes the most that is asked, or nobody does."""
    bids, terms = made_up(number, seed), made_up_terms(rules, seed)
    answers, stages = Answers(), [select(rules, bids, terms)]
    while stages[-1].end is End.WAITING:
        answers = _answered(answers, stages[-1], bids, agree)
        stages.append(select(rules, bids, terms, answers))
    return stages


def _answered(answers: Answers, waiting: Selection, bids: list[Candidate], agree: bool) -> Answers:
    revival, matching = dict(answers.revival), dict(answers.matching)
    quotes = dict(answers.second_quotes)
    offers = {one.bid: one.offer for one in bids}
    for one in waiting.asked:
        if one.step == "second_quotes":
            units = offers[one.bid].units
            cents = int(one.price * units * 100)
            quotes[one.bid] = Decimal(cents) / 100 if agree and cents else None
        else:
            (revival if one.step == "revival" else matching)[one.bid] = agree
    return Answers(revival, quotes, matching)


def check(rules: RuleSet) -> list[Fault]:
    """Everything that keeps a rule set from being put in force: what is wrong in it (``faults_of``); and, where nothing
    is, a number of bids from 0 to 60 that does not come to an end."""
    return faults_of(rules) or list(_endless(rules))


def _endless(rules: RuleSet) -> Iterator[Fault]:
    for number in range(MOST_BIDS + 1):
        try:
            ends = {tried(rules, number, agree=agree)[-1].end for agree in (True, False)}
        except (KeyError, ValueError, ArithmeticError):
            ends = set()
        if not ends or End.WAITING in ends:
            yield Fault("selection", "steps", "endless", str(number))
