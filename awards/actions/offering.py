"""An award that ended goes to the next in rank at its own price, or is given up where nobody is left."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import require
from accounts.actions import require_unrestricted
from accounts.models import Seat
from accounts.permissions import Permission
from awards.actions.awarding import award_prices
from awards.actions.letters import issue_letters, stated
from awards.actions.selecting import write_replacement
from awards.models import Award, AwardLetter, Decision, NextOffer, Verb
from awards.rules import ANSWER_DAYS, Priced, extra_cost
from catalogue.actions import end_award_prices, record_award_prices
from core.actions import action
from core.clock import legal_date, zone
from core.errors import Conflict, Denied, Refused
from core.models import Event
from core.outbox import queue
from tenders.actions.lots import end_anew, hold, tell
from tenders.actions.preparation import in_words
from tenders.duties import permit
from tenders.models import Lot, Ranking
from tenders.rules.schedule import after_days

ACCEPT, DECLINE = "accept", "decline"
ANSWERS = ((ACCEPT, gettext_lazy("Accept at your own price")), (DECLINE, gettext_lazy("Decline")))


@action
def offer_next(*, award: Award, by: Seat, now: datetime) -> NextOffer:
    """Offer an award that ended to the next in rank that has no part in the decision, at its own price. It answers by a
    day; where it declines or says nothing, the one after it is next. The price of the award that ended ends with today.

    Refused where nobody is left: then the award is given up (``give_up_award``).
    """
    lot, letter = _held(award, by)
    check_offering(letter, now)
    ranking = next_in_line(award, now)
    if ranking is None:
        raise Refused(_("Nobody is left to offer this award to: give it up."), code="nobody_left")
    _end_prices(award, by, now)
    offer = NextOffer.objects.create(
        letter=letter,
        number=letter.offers.count() + 1,
        bid=ranking.bid.reference,
        supplier=ranking.bid.supplier,
        **_price_of(ranking),
        extra=extra_of(award, ranking),
        answer_until=after_days(now, ANSWER_DAYS, zone()),
        offered_at=now,
        offered_by=by,
    )
    tell(Verb.NEXT_OFFERED, lot, by, now, audience=Event.Audience.PUBLIC, supplier=offer.supplier.name)
    queue("awards.tasks.announce_offer", offer.pk, now=now)
    return offer


@action
def accept_offer(*, offer: NextOffer, by: Seat, now: datetime) -> NextOffer:
    """Accept, as the next in rank and before the day, to take the award at one's own price. The agency then awards."""
    _answering(offer, by)
    require_unrestricted(by.organisation)
    return _answer(offer, Verb.OFFER_ACCEPTED, by, now, accepted_at=now, accepted_by=by)


@action
def decline_offer(*, offer: NextOffer, reason: str, by: Seat, now: datetime) -> NextOffer:
    """Decline an offer before its day, with the reason; the one after in rank is next. No breach follows."""
    _answering(offer, by)
    why = stated(reason)
    return _answer(offer, Verb.OFFER_DECLINED, by, now, declined_at=now, declined_by=by, decline_reason=why)


@action
def answer_offer(*, offer: NextOffer, answer: str, reason: str = "", by: Seat, now: datetime) -> NextOffer:
    """Answer an offer: ``ACCEPT``, or ``DECLINE`` with the reason."""
    if answer == ACCEPT:
        return accept_offer(offer=offer, by=by, now=now)
    return decline_offer(offer=offer, reason=reason, by=by, now=now)


@action
def award_next(*, award: Award, by: Seat, now: datetime) -> Award:
    """Award to whoever accepted what an award that ended leaves: its volume passes whole, its price enters the
    register, and its letter names a new signature day. Of two officers at once one does, the other is told."""
    lot, letter = _held(award, by)
    offer = letter.offers.filter(accepted_at__isnull=False).select_related("supplier").first()
    if offer is None:
        raise Refused(_("Nobody has accepted this award."), code="not_now")
    if award.ends_on < legal_date(now):
        raise Refused(_("The supply period is over: give the award up."), code="nobody_left")
    ranking = lot.rankings.select_related("bid__supplier").get(bid__reference=offer.bid)
    made = write_replacement(award, ranking, legal_date(now))
    issue_letters([made], by=by, now=now)
    record_award_prices(entries=award_prices([made]), by=by, now=now)
    told = {"supplier": offer.supplier.name, "before": award.supplier.name}
    tell(Verb.NEXT_AWARDED, lot, by, now, audience=Event.Audience.PUBLIC, **told)
    queue("awards.tasks.announce_replacement", made.pk, now=now)
    return made


@action
def give_up_award(*, award: Award, by: Seat, now: datetime) -> AwardLetter:
    """Find that nobody is left to whom an award that ended could be offered. Its volume is nobody's; where no award of
    the lot is left, the lot ends without one, and its need is free for another tender."""
    lot, letter = _held(award, by)
    check_offering(letter, now)
    if next_in_line(award, now) is not None:
        raise Refused(_("A bid is left: offer the award to it."), code="valid")
    _end_prices(award, by, now)
    AwardLetter.objects.filter(pk=letter.pk).update(given_up_at=now, given_up_by=by)
    letter.refresh_from_db()
    tell(Verb.AWARD_GIVEN_UP, lot, by, now, audience=Event.Audience.PUBLIC, before=award.supplier.name)
    if not _in_hand(award.decision):
        end_anew(lot=lot, ending=Lot.Ending.UNSIGNED, by=by, now=now)
    return letter


def check_offering(letter: AwardLetter, now: datetime) -> None:
    """Refused where an award has not ended, or somebody is thinking it over or has accepted it."""
    if letter.ended_at is None:
        raise Refused(_("This award stands."), code="not_now")
    if letter.given_up_at:
        raise Conflict(_("This award was given up already."), code="already_done")
    open_ = letter.offers.open(now).select_related("supplier").first()
    if open_ is None or letter.award.ends_on < legal_date(now):
        return
    if open_.accepted_at:
        raise Refused(_("%(name)s has accepted: award it.") % {"name": open_.supplier.name}, code="accepted")
    told = _("%(name)s can still answer, until %(until)s.")
    raise Refused(told % {"name": open_.supplier.name, "until": in_words(open_.answer_until)}, code="offered")


def next_in_line(award: Award, now: datetime) -> Ranking | None:
    """The first ranked bid of the lot, of a supplier that may trade, that is no winner of the decision, was not asked
    for this award and is not thinking over another of the decision. Nobody once the supply period is over."""
    if award.ends_on < legal_date(now):
        return None
    decision = award.decision
    won = decision.awards.winners().values("bid")
    thinking = NextOffer.objects.filter(letter__award__decision=decision).open(now).values("bid")
    ranked = Decision.objects.ranked().filter(lot=decision.lot)
    ranked = ranked.filter(bid__supplier__ended_on=None, bid__supplier__restriction="")
    left = ranked.exclude(bid__reference__in=won).exclude(bid__reference__in=thinking)
    return left.exclude(bid__reference__in=award.letter.offers.values("bid")).select_related("bid__supplier").first()


def extra_of(award: Award, ranking: Ranking) -> Decimal:
    """What the volume of an award costs more at the price of another bid, over the whole supply period."""
    units = award.allocations.aggregate(units=Sum("quantity"))["units"] or 0
    return extra_cost(int(units), Priced(award.price, award.pack_size, award.factor), Priced(**_price_of(ranking)))


def _price_of(ranking: Ranking) -> dict[str, Any]:
    """The price of a bid that has a rank, and so a price."""
    return {"price": ranking.price, "pack_size": ranking.pack_size, "factor": ranking.factor}


def _held(award: Award, by: Seat) -> tuple[Lot, AwardLetter]:
    """The lot of an award and its letter as they are now, the lot locked until commit; Conflict where the award was
    replaced already."""
    permit(award.decision.lot.tender, by, Permission.AWARD)
    lot = hold(award.decision.lot, Lot.Status.ENDED)
    letter = AwardLetter.objects.filter(award=award).select_related("award").first()
    if letter is None:
        raise Refused(_("This award does not bind."), code="not_now")
    if Award.objects.filter(replaces=award).exists():
        raise Conflict(_("This award was replaced already."), code="already_done")
    return lot, letter


def _in_hand(decision: Decision) -> bool:
    """Whether any award of a decision stands or may still be replaced."""
    winners = decision.awards.winners()
    return winners.standing().exists() or winners.filter(replaced_by=None, letter__given_up_at=None).exists()


def _end_prices(award: Award, by: Seat, now: datetime) -> None:
    products = award.products.values_list("product_version__product", flat=True)
    end_award_prices(source=award.origin, products=list(products), by=by, now=now)


def _answering(offer: NextOffer, by: Seat) -> None:
    require(by, Permission.SIGN_CONTRACT)
    if offer.supplier_id not in by.lineage:
        raise Denied(Permission.SIGN_CONTRACT)


def _answer(offer: NextOffer, verb: Verb, by: Seat, now: datetime, **facts: object) -> NextOffer:
    lot = hold(offer.letter.award.decision.lot, Lot.Status.ENDED)
    if NextOffer.objects.running(now).filter(pk=offer.pk).update(**facts) != 1:
        offer.refresh_from_db()
        if offer.accepted_at or offer.declined_at:
            raise Conflict(_("This offer was answered already."), code="already_done")
        raise Refused(_("The day for an answer has passed."), code="too_late")
    offer.refresh_from_db()
    reason = {"reason": offer.decline_reason} if offer.decline_reason else {}
    tell(verb, lot, by, now, audience=Event.Audience.PUBLIC, supplier=offer.supplier.name, **reason)
    return offer
