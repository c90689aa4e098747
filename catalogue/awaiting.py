"""What of lists, shortages and proposals waits for whom: editions to review or to mend, reports to verify, proposals to
answer."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.models import Adjustment, Edition, Shortage
from core.clock import end_of
from core.shell import Todo

MOST = 20


def todos(seat: Seat) -> Iterator[Todo]:
    """For who keeps lists: each edition that waits for that person, and all reports of shortages together."""
    if not seat.may(Permission.KEEP_LISTS):
        return
    people = ("drafted_by", "proposed_by", "asked_back_by")
    open_ones = Edition.objects.in_preparation().select_related("list", *people).order_by("valid_from", "pk")[:MOST]
    for edition in open_ones:
        mine = seat.person_id in {by.person_id for by in (edition.drafted_by, edition.proposed_by) if by}
        if edition.status == Edition.Status.PROPOSED and not mine:
            yield _todo(edition, _("Review an edition and publish it"), _("Review"))
        elif edition.status == Edition.Status.DRAFT and mine:
            yield _todo(edition, edition.question or _("Finish an edition and give it to review"), _("Go on"))
    waiting = list(Shortage.objects.waiting()[:MOST])
    if waiting:
        what = ngettext("Verify a shortage: %(n)s report", "Verify shortages: %(n)s reports", len(waiting))
        yield Todo(
            what=what % {"n": len(waiting)},
            where=", ".join(one.reference for one in waiting[:3]),
            url=f"{reverse('catalogue:shortages')}?status=reported",
            action=_("Look at the reports"),
            since=waiting[0].reported_at,
            count=len(waiting),
        )


def proposals(seat: Seat) -> Iterator[Todo]:
    """Proposals to change the catalogue: for an officer all together, for their proposer each that was asked back."""
    waiting = list(Adjustment.objects.waiting_for(seat).for_list()[:MOST])
    proposed = [one for one in waiting if one.status == Adjustment.Status.PROPOSED]
    if proposed:
        count = Adjustment.objects.waiting_for(seat).filter(status=Adjustment.Status.PROPOSED).count()
        what = ngettext(
            "Decide on %(n)s proposal to change the catalogue",
            "Decide on %(n)s proposals to change the catalogue",
            count,
        )
        yield Todo(
            what=what % {"n": count},
            where=", ".join(one.reference for one in proposed[:3]),
            url=f"{reverse('catalogue:adjustments')}?status=proposed",
            action=_("Look at the proposals"),
            since=proposed[0].waits_since,
            count=count,
        )
    for one in waiting:
        if one.status == Adjustment.Status.ASKED:
            yield Todo(
                what=_("Answer what the agency asks about your proposal"),
                where=f"{one.reference} · {one.about}",
                url=one.get_absolute_url(),
                action=_("Answer"),
                since=one.waits_since,
            )


def _todo(edition: Edition, what: str, action: str) -> Todo:
    return Todo(
        what=what,
        where=f"{edition.list} · {edition.title}",
        url=edition.get_absolute_url(),
        action=action,
        until_at=end_of(edition.valid_from) if edition.before_id else None,
        since=edition.proposed_at or edition.drafted_at,
    )
