"""Messages about proposed and binding awards."""

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_noop

from awards.actions.awarding import names_of
from awards.models import Award, AwardLetter, Decision, NextOffer
from tenders.actions.preparation import in_words
from tenders.tasks import tell_bidders


@shared_task
def announce_proposal(decision_id: int) -> int:
    """Tell every bidder of a lot whom the agency proposes. Returns how many messages are new."""
    text = gettext_noop("Lot %(lot)s of %(title)s is proposed for %(supplier)s. You may object until %(until)s.")
    decision = _decision(decision_id)
    named = {"supplier": names_of(decision.awards.winners()), "until": in_words(decision.standstill_until)}
    return tell_bidders(decision.lot, f"proposal:{decision.number}", text, timezone.now(), **named)


@shared_task
def announce_award(decision_id: int) -> int:
    """Tell every bidder of a lot to whom it is awarded. Returns how many messages are new."""
    text = gettext_noop("Lot %(lot)s of %(title)s is awarded to %(supplier)s.")
    decision = _decision(decision_id)
    return tell_bidders(decision.lot, "award", text, timezone.now(), supplier=names_of(decision.awards.winners()))


@shared_task
def announce_end(letter_id: int) -> int:
    """Tell every bidder of a lot that an award of it has ended. Returns how many messages are new."""
    text = gettext_noop("The award of lot %(lot)s of %(title)s to %(supplier)s has ended: it is not signed.")
    letter = AwardLetter.objects.select_related("award__supplier", "award__decision__lot__tender").get(pk=letter_id)
    award = letter.award
    lot = award.decision.lot
    return tell_bidders(lot, f"award-ended:{award.place}", text, timezone.now(), supplier=award.supplier.name)


@shared_task
def announce_offer(offer_id: int) -> int:
    """Tell every bidder of a lot to whom an award that ended is offered. Returns how many messages are new."""
    text = gettext_noop("The award of lot %(lot)s of %(title)s is offered to %(supplier)s, who answers by %(until)s.")
    offer = NextOffer.objects.select_related("supplier", "letter__award__decision__lot__tender").get(pk=offer_id)
    award = offer.letter.award
    told = {"supplier": offer.supplier.name, "until": in_words(offer.answer_until)}
    return tell_bidders(award.decision.lot, f"offer:{award.place}.{offer.number}", text, timezone.now(), **told)


@shared_task
def announce_replacement(award_id: int) -> int:
    """Tell every bidder of a lot who is awarded what another did not sign. Returns how many messages are new."""
    text = gettext_noop("Lot %(lot)s of %(title)s is awarded to %(supplier)s.")
    award = Award.objects.select_related("supplier", "decision__lot__tender").get(pk=award_id)
    about = f"award:{award.place}"
    return tell_bidders(award.decision.lot, about, text, timezone.now(), supplier=award.supplier.name)


def _decision(pk: int) -> Decision:
    return Decision.objects.select_related("lot__tender").get(pk=pk)
