"""What the pages show on which an award is refused, ended, offered to the next in rank, or given up."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.permissions import Permission
from awards.actions.letters import check_lapsing
from awards.actions.offering import check_offering, extra_of, next_in_line
from awards.models import Award, AwardLetter, Decision, NextOffer
from awards.rules import ANSWER_DAYS, SIGNATURE_DAYS
from core.clock import zone
from core.shell import Decided
from core.skins import why_not
from core.templatetags.ui import money
from tenders.actions.preparation import in_words
from tenders.models import Lot
from tenders.rules.schedule import after_days


def ended_of(decision: Decision) -> list[AwardLetter]:
    """The letters of a decision's awards that ended, each with its ``tried``: offers in their order."""
    ended = AwardLetter.objects.filter(award__decision=decision, ended_at__isnull=False)
    ended = ended.select_related("award__supplier").prefetch_related("offers__supplier")
    letters = list(ended.order_by("award__place"))
    replaced = {one.replaces_id: one for one in decision.awards.filter(replaces__isnull=False)}
    for letter in letters:
        letter.tried = list(letter.offers.all())
        letter.after = replaced.get(letter.award_id)
    return letters


def letter_acts(decision: Decision, seat: Seat, now: datetime) -> list[dict[str, Any]]:
    """What a seat can do with the letters of a decision: as the winner, as who is next, as the award officer."""
    letters = AwardLetter.objects.filter(award__decision=decision).select_related("award")
    found = []
    if seat.may(Permission.SIGN_CONTRACT):
        own = letters.filter(award__supplier__in=seat.lineage, signed_at=None, ended_at=None)
        offered = NextOffer.objects.running(now).filter(supplier__in=seat.lineage).values("letter")
        found += [("refuse-award", _("Refuse the award"), letter) for letter in own]
        found += [("answer-offer", _("Answer the offer"), letter) for letter in letters.filter(pk__in=offered)]
    if seat.may(Permission.AWARD) and decision.lot.tender.agency_id == seat.organisation_id:
        found += [("lapse-award", _("End the award: it is not signed"), one) for one in letters.silent(now)]
        found += [next_step(letter, now) for letter in letters.to_offer(now)]
        found += [("award-next", _("Award to who accepted"), letter) for letter in letters.to_award()]
    lot = decision.lot
    return [
        {"words": words, "primary": name != "refuse-award", "url": address(name, lot, letter)}
        for name, words, letter in found
    ]


def next_step(letter: AwardLetter, now: datetime) -> tuple[str, str, AwardLetter]:
    """What the award officer does with an award that ended and that nobody thinks over: the page, its words."""
    if nobody_left(letter.award, now):
        return "give-up-award", _("Give the award up: nobody is left"), letter
    return "offer-next", _("Offer the award to the next in rank"), letter


def address(name: str, lot: Lot, letter: AwardLetter) -> str:
    return reverse(f"awards:{name}", args=[lot.tender.reference, lot.number, letter.award.place])


def refusal(award: Award) -> dict[str, Any]:
    return _page(award, _("Refuse the award"), _("Refuse"), "") | {
        "effects": [
            _("The award ends for good, and everybody can read your reason."),
            _("It is offered to the next in rank at its own price."),
        ],
        "danger": True,
    }


def nobody_left(award: Award, now: datetime) -> bool:
    """Whether an award that ended can be offered to nobody, and waits to be given up."""
    return not why_not(lambda: check_offering(award.letter, now)) and next_in_line(award, now) is None


def lapse(award: Award, now: datetime) -> dict[str, Any]:
    nothing = why_not(lambda: check_lapsing(award, now))
    return _page(award, _("End the award"), _("End it"), nothing) | {
        "effects": [
            _("%(name)s was to sign by %(until)s, and the contract lies before it. The award ends in public.")
            % {"name": award.supplier.name, "until": in_words(award.letter.sign_until)},
            _("You then offer it to the next in rank at its own price."),
        ],
        "danger": True,
    }


def offering(award: Award, now: datetime) -> dict[str, Any]:
    """Who is next, at what price, and what that costs more over the supply period."""
    nothing, ranking = why_not(lambda: check_offering(award.letter, now)), next_in_line(award, now)
    page = _page(award, _("Offer the award to the next in rank"), _("Offer"), nothing)
    if nothing or ranking is None:
        return page
    until = in_words(after_days(now, ANSWER_DAYS, zone()))
    row = (
        ranking.rank,
        ranking.bid.supplier.name,
        money(award.price),
        money(ranking.price),
        money(extra_of(award, ranking)),
    )
    columns = [_("Rank"), _("Supplier"), _("Price that ended"), _("Price a pack"), _("Extra cost")]
    return page | {
        "effects": [
            _("%(name)s accepts or declines before %(until)s; where it says nothing, the one after it is next.")
            % {"name": ranking.bid.supplier.name, "until": until},
            _("The price that the register has of the award that ended ends with today."),
        ],
        "decided": [Decided(_("Who is next"), columns, [row], figures=3)],
    }


def answer(offer: NextOffer, now: datetime) -> dict[str, Any]:
    nothing = "" if offer.running(now) else _("This offer was answered, or the day for an answer has passed.")
    return _page(offer.letter.award, _("Answer the offer of an award"), _("Answer"), nothing) | {
        "effects": [
            _("Accepted, you supply the whole volume of this award at your price of %(price)s a pack.")
            % {"price": money(offer.price)},
            _("The agency then awards, and you have %(days)d days to sign the contract.") % {"days": SIGNATURE_DAYS},
            _("Declined, or not answered before %(until)s, it goes to the one after you. Nothing else follows.")
            % {"until": in_words(offer.answer_until)},
        ]
    }


def replacement(award: Award) -> dict[str, Any]:
    offer = award.letter.offers.filter(accepted_at__isnull=False).select_related("supplier").first()
    taken = Award.objects.filter(replaces=award).exists()
    nothing = _("This award was replaced already.") if taken else "" if offer else _("Nobody has accepted this award.")
    page = _page(award, _("Award to who accepted"), _("Award"), nothing)
    if nothing or offer is None:
        return page
    return page | {
        "effects": [
            _("%(name)s supplies the whole volume of the award that ended, at %(price)s a pack.")
            % {"name": offer.supplier.name, "price": money(offer.price)},
            _("That costs %(extra)s more than the award that ended.") % {"extra": money(offer.extra)},
            _("The price register has its price, and its letter a new signature day."),
        ],
        "warning": _("This cannot be undone."),
    }


def giving_up(award: Award, now: datetime) -> dict[str, Any]:
    nothing = why_not(lambda: check_offering(award.letter, now))
    if not nothing and not nobody_left(award, now):
        nothing = _("A bid is left: offer the award to it.")
    return _page(award, _("Give the award up"), _("Give it up"), nothing) | {
        "effects": [
            _("Every ranked bid was asked. The volume of this award is nobody's."),
            _("Where no award of the lot is left, the lot ends without one, and its need is free for another tender."),
        ],
        "warning": _("This cannot be undone."),
        "danger": True,
    }


def _page(award: Award, heading: str, submit: str, nothing: str) -> dict[str, Any]:
    lot: Lot = award.decision.lot
    parties = [
        {"label": _("Lot %(lot)d") % {"lot": lot.number}, "value": lot.title},
        {
            "label": _("Award that ends") if award.letter.ended_at is None else _("Award that ended"),
            "value": award.supplier.name,
            "note": money(award.price),
        },
    ]
    return {"tender": lot.tender, "heading": heading, "submit": submit, "nothing": nothing, "parties": parties}
