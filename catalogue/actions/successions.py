"""What a supplier may offer, and the hidden prices that it may see, pass to whoever takes its place."""

from datetime import date, datetime

from django.db.models import Q

from accounts.actions import Succession
from accounts.models import Seat
from catalogue.models import Authorisation, Maker, PriceEntry, Verb
from core.actions import action
from core.clock import legal_date
from core.events import record


@action
def succeed(*, succession: Succession, by: Seat, now: datetime) -> None:
    """Let makers be the successor, and letters of authorisation and prices in force speak of it from today on."""
    before, after, today = succession.before, succession.after, legal_date(now)
    makers = Maker.objects.filter(organisation=before)
    names = [str(maker) for maker in makers.order_by("pk")]
    makers.update(organisation=after)
    letters = Authorisation.objects.filter(supplier=before, valid_to__gte=today)
    passed = [_pass_letter(letter, succession, by=by, now=now) for letter in letters.select_for_update(of=("self",))]
    _show_prices(before.pk, after.pk, today)
    if names or passed:
        told = {**succession.told, "makers": ", ".join(names) or "–", "letters": ", ".join(passed) or "–"}
        record(Verb.OFFERING_PASSED, after.credit_code, by=by, now=now, organisations=[before.pk, after.pk], **told)


def _pass_letter(letter: Authorisation, succession: Succession, *, by: Seat, now: datetime) -> str:
    """End a letter with yesterday and let its successor begin today; one that has not begun passes as it is."""
    own, today = Authorisation.objects.filter(pk=letter.pk), legal_date(now)
    if letter.valid_from >= today:
        own.update(supplier=succession.after)
        return letter.reference
    reason = succession.filing.reference
    own.update(valid_to=succession.parted(today), ended_at=now, ended_by=by, end_reason=reason)
    Authorisation.objects.create(
        kind=letter.kind,
        supplier=succession.after,
        maker_id=letter.maker_id,
        product_id=letter.product_id,
        valid_from=today,
        valid_to=letter.valid_to,
        evidence=letter.evidence,
        recorded_at=now,
        recorded_by=by,
    )
    return letter.reference


def _show_prices(before: int, after: int, today: date) -> None:
    """The successor is a party of every hidden price that is in force or to come."""
    standing = PriceEntry.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), parties__contains=[before])
    for entry in standing.exclude(parties__contains=[after]).order_by("pk"):
        PriceEntry.objects.filter(pk=entry.pk).update(parties=[*entry.parties, after])
