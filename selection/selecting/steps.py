"""The steps that follow the ranking, each in its own function: it moves bids in or out, and tells each why.

A step that needs answers takes those that were recorded, asks for the others, and selection waits.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from selection.ranking import ceilings_of, compared
from selection.selecting.run import BEYOND, TRIPPED, Run


def number(run: Run) -> None:
    """So many win as the table says for the number of companies, by rank; of one company at most so many."""
    counted = run.count()
    places, most = run.rules.winners.of(counted), run.rules.per_company
    taken: dict[str, int] = {}
    for bid in list(run.still_in):
        company = run.companies[bid]
        held = taken.get(company, 0)
        if most is not None and held >= most:
            run.leave(bid, "number", "company_full", per_company=most)
        elif sum(taken.values()) >= places:
            run.leave(bid, "number", BEYOND, counted=counted, places=places)
        else:
            taken[company] = held + 1
            run.tell(bid, "number", "within", counted=counted, places=places, place=sum(taken.values()))


def conditions(run: Run) -> None:
    """A bid stays in that meets any of the conditions. The anchor is that of the bids which came to this step."""
    asked, anchor = run.rules.conditions, run.anchor()
    assert asked is not None
    for bid in list(run.still_in):
        price = run.price[bid]
        ceilings = ceilings_of(run.candidates[bid].offer, run.comparison)
        limits = {
            "within": asked.within and anchor * Fraction(asked.within),
            "low_price": asked.low_price and Fraction(asked.low_price),
            "cut": min(ceilings) * (1 - Fraction(asked.cut)) if asked.cut and ceilings else None,
            "up_to_class": run.class_prices.get(asked.up_to_class),
        }
        told = {name: limit for name, limit in limits.items() if limit is not None}
        met = [name for name, limit in told.items() if price <= limit]
        if met:
            run.tell(bid, "conditions", "met", anchor=anchor, price=price, met=met, **told)
        else:
            run.leave(bid, "conditions", TRIPPED, anchor=anchor, price=price, **told)


def revival(run: Run) -> None:
    """Who may come back accepts the highest price that won by now; where only one did, so many times its price or the
    anchor; and never more than was quoted. Nobody is asked where nobody has won."""
    told = run.rules.revival
    assert told is not None
    if not run.still_in:
        return
    base = run.anchor() if told.single_of == "anchor" else run.highest
    price = base * Fraction(told.single) if len(run.still_in) == 1 else run.highest
    for bid in _revivable(run):
        beyond = run.out[bid] == BEYOND
        if _accepted(run, "revival", bid, min(price, run.quoted[bid]), told.hours) and beyond and not told.regions:
            run.no_region.add(bid)


def _revivable(run: Run) -> list[str]:
    told = run.rules.revival
    assert told is not None
    mean = sum((Fraction(run.candidates[bid].demand) for bid in run.ranked), Fraction(0)) / len(run.ranked)
    highest = max(run.quoted.values())
    found = []
    for bid in run.out_by(TRIPPED, BEYOND):
        if run.out[bid] == TRIPPED and "tripped" in told.who:
            found.append(bid)
        elif run.out[bid] == BEYOND and "beyond" in told.who:
            demand, quoted = Fraction(run.candidates[bid].demand), run.quoted[bid]
            if demand >= mean and quoted < highest:
                found.append(bid)
            else:
                run.tell(bid, "revival", "not_asked", demand=demand, mean=mean, quoted=quoted, highest=highest)
    return found


def second_quotes(run: Run) -> None:
    """Those out by the number quote once more: at most the rule's part of the highest price that won, and never above
    their first. The lowest win; of equal quotes the better first rank."""
    told = run.rules.second_quotes
    assert told is not None
    if not run.still_in:
        return
    limit = run.highest * Fraction(told.ceiling)
    quotes = {}
    for bid in run.out_by(BEYOND):
        most = min(limit, run.quoted[bid])
        if bid not in run.answers.second_quotes:
            run.ask("second_quotes", bid, most, told.hours)
            continue
        answer = run.answers.second_quotes[bid]
        quote = None if answer is None else compared(run.candidates[bid].offer, run.comparison, answer)
        if quote is None:
            run.tell(bid, "second_quotes", "no_quote")
        elif quote > most:
            run.tell(bid, "second_quotes", "above_limit", quote=quote, limit=most)
        else:
            quotes[bid] = quote
    if run.asked:
        return
    best = sorted(quotes, key=lambda bid: (quotes[bid], run.ranked.index(bid)))
    for place, bid in enumerate(best, start=1):
        if place <= told.places:
            run.come_back(bid, "second_quotes", "accepted", quotes[bid])
        else:
            run.tell(bid, "second_quotes", "beyond_places", quote=quotes[bid], places=told.places)


def matching(run: Run) -> None:
    """The next by rank may win at the lowest price; who declines is followed by the one after."""
    told = run.rules.matching
    assert told is not None
    if not run.still_in:
        return
    lowest, left = min(run.price[bid] for bid in run.still_in), told.places
    for bid in run.out_by(BEYOND):
        if not left:
            run.tell(bid, "matching", "beyond_places", places=told.places)
        elif _accepted(run, "matching", bid, min(lowest, run.quoted[bid]), told.hours) is not False:
            left -= 1


def _accepted(run: Run, step: str, bid: str, price: Fraction, hours: int) -> bool | None:
    """Whether a bid accepted a price and is in again; None where it is still asked."""
    answers: Mapping[str, bool] = getattr(run.answers, step)
    if bid not in answers:
        run.ask(step, bid, price, hours)
        return None
    if answers[bid]:
        run.come_back(bid, step, "accepted", price)
    else:
        run.tell(bid, step, "declined", price=price)
    return answers[bid]


STEPS: Mapping[str, Callable[[Run], None]] = {
    "number": number,
    "conditions": conditions,
    "revival": revival,
    "second_quotes": second_quotes,
    "matching": matching,
}
