"""Messages about proposed and binding awards."""

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_noop

from awards.actions.awarding import names_of
from awards.models import Decision
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


def _decision(pk: int) -> Decision:
    return Decision.objects.select_related("lot__tender").get(pk=pk)
