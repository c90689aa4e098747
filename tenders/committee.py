"""What a drawn committee is drawn from, and what the notice and the public record say of it."""

from datetime import date
from typing import Any

from accounts.models import Affiliation, Seat
from accounts.permissions import EXCLUSIVE_IN_ONE_TENDER, Permission
from core.clock import legal_date
from sealing.canonical import canonical_json
from sealing.primitives import sha256
from selection.drawing import Ballot
from tenders.duties import duties
from tenders.models import Bid, Committee, DrawSeed, Evaluator, Expert, Tender

POOL = "expert-pool/1"


def pool_of(tender: Tender) -> dict[str, Any]:
    """The agency's pool as it stands, without names: what the notice's hash is of."""
    admitted = Expert.objects.in_pool().filter(agency=tender.agency_id).order_by("reference")
    numbers = admitted.values_list("reference", "speciality")
    return {
        "format": POOL,
        "agency": tender.agency.credit_code,
        "experts": [{"number": number, "speciality": speciality} for number, speciality in numbers],
    }


def pool_hash(pool: dict[str, Any]) -> str:
    """SHA-256 of the pool in canonical JSON."""
    return sha256(canonical_json(pool))


def committee_in_notice(tender: Tender) -> dict[str, Any] | None:
    """What the notice says: the hash of the pool, that of the seed, and the places. None where members are named."""
    committee = Committee.objects.filter(tender=tender).first()
    if committee is None:
        return None
    return {"pool": committee.pool_sha256, "seed": committee.commitment, "places": committee.places}


def ballot_of(committee: Committee) -> Ballot:
    """What the draw is made from; possible once the tender is closed."""
    seed = DrawSeed.objects.get(tender=committee.tender_id).seed
    experts = {one["number"]: one["speciality"] for one in committee.pool["experts"]}
    return Ballot(seed, committee.tender.close.root, experts)


def excluded_from(committee: Committee, today: date) -> dict[str, str]:
    """Who of the frozen pool cannot be drawn ``today``, by number, and why: the first code that holds.

    ``bidder``: the person has a seat with a bidder, or with an organisation that belonged together with one at the
    close; ``part``: has another part in the tender; ``interest``: declared one; ``ended``: left the pool or has no
    seat any more; ``away``: is not available on that day.
    """
    tender = committee.tender
    numbers = [one["number"] for one in committee.pool["experts"]]
    experts = list(Expert.objects.filter(reference__in=numbers).select_related("seat"))
    bidding = _people_of_bidders(tender, experts)
    barred = {
        person
        for person, parts in duties(tender).items()
        if any(frozenset({part, Permission.EVALUATE}) in EXCLUSIVE_IN_ONE_TENDER for part in parts)
    }
    interested = set(Evaluator.objects.filter(tender=tender, has_interest=True).values_list("seat__person", flat=True))
    sitting = set(Seat.objects.current(today).with_role("evaluator").values_list("pk", flat=True))

    def why(expert: Expert) -> str:
        person, first, last = expert.seat.person_id, expert.available_from, expert.available_to
        reasons = {
            "bidder": person in bidding,
            "part": person in barred,
            "interest": person in interested,
            "ended": expert.status != Expert.Status.ADMITTED or expert.seat_id not in sitting,
            "away": (first is not None and today < first) or (last is not None and today > last),
        }
        return next((code for code, holds in reasons.items() if holds), "")

    return {expert.reference: code for expert in experts if (code := why(expert))}


def next_in_order(committee: Committee, leaving: Expert, today: date) -> tuple[str | None, dict[str, str]]:
    """Who takes the place of a drawn member today, by number, or None; and who cannot, as ``excluded_from`` says."""
    used = {number for draw in committee.tender.draws.all() for number in draw.drawn}
    excluded = excluded_from(committee, today)
    return ballot_of(committee).following(leaving.reference, used, excluded), excluded


def _people_of_bidders(tender: Tender, experts: list[Expert]) -> set[int]:
    """The persons among the experts who sit with a bidder, or with who belongs together with one."""
    day = legal_date(tender.deadline)
    bidders = set(Bid.objects.standing().filter(tender=tender).values_list("supplier", flat=True))
    people = [expert.seat.person_id for expert in experts]
    seats = list(Seat.objects.current(day).filter(person__in=people).values_list("person", "organisation"))
    tied = bidders | {expert.seat.organisation_id for expert in experts} | {one for _person, one in seats}
    near = bidders.union(*(group for group in Affiliation.objects.groups_of(tied, day) if group & bidders))
    return {person for person, organisation in seats if organisation in near}


def committee_in_record(tender: Tender) -> dict[str, Any] | None:
    """Everything from which anybody repeats the draw; None where there was none yet."""
    committee = Committee.objects.filter(tender=tender).select_related("tender__close").first()
    draws = list(tender.draws.order_by("number")) if committee else []
    if committee is None or not draws:
        return None
    ballot = ballot_of(committee)
    return {
        "pool": committee.pool,
        "pool_sha256": committee.pool_sha256,
        "places": committee.places,
        "commitment": committee.commitment,
        "seed": ballot.seed,
        "root": ballot.root,
        "draws": [
            {"excluded": draw.excluded, "leaving": draw.leaving, "reason": draw.reason, "drawn": draw.drawn}
            for draw in draws
        ],
    }
