"""What the agency puts upon an organisation, and takes from it: suspended, removed, reinstated."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.actions.filings import Basis, file
from accounts.models import Filing, Organisation, Seat, Verb
from accounts.models.organisations import Restriction
from accounts.permissions import OrganisationKind
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event

_AFTER = {
    Filing.Kind.SUSPENSION: Restriction.SUSPENDED,
    Filing.Kind.REMOVAL: Restriction.REMOVED,
    Filing.Kind.REINSTATEMENT: Restriction.NONE,
}


@action
def propose_measure(*, kind: str, organisation: Organisation, basis: Basis, by: Seat, now: datetime) -> Filing:
    """File that an organisation is suspended, removed, or free again; another registrar confirms it.

    Refused for an agency, for what has ended, and where it is so already.
    """
    if kind not in Filing.MEASURES:
        raise Refused(_("Choose one of the values offered."), field="kind", code="invalid_choice")
    if organisation.kind == OrganisationKind.AGENCY:
        raise Refused(_("A procurement agency cannot be suspended or removed here."), code="wrong_kind")
    if organisation.ended_on:
        raise Refused(_("%(name)s has ended.") % {"name": organisation.name}, code="ended")
    if organisation.restriction == _AFTER[Filing.Kind(kind)]:
        raise Refused(_("This changes nothing."), field="kind", code="unchanged")
    return file(Filing(kind=kind, organisation=organisation), basis, by=by, now=now)


def impose(filing: Filing, *, by: Seat, now: datetime) -> None:
    """Let a confirmed measure hold. Conflict where it holds already."""
    restriction = _AFTER[Filing.Kind(filing.kind)]
    restrict(filing.organisation, restriction, filing.reference, filing.day, by=by, now=now)


def restrict(
    organisation: Organisation, restriction: Restriction, source: str, day: date, *, by: Seat, now: datetime
) -> None:
    """Put a restriction upon an organisation, by a filing or an objection, for everybody to read."""
    changed = Organisation.objects.filter(pk=organisation.pk, ended_on=None).exclude(restriction=restriction)
    if changed.update(restriction=restriction) != 1:
        raise Conflict(_("This is decided already."), code="already_done")
    organisation.restriction = restriction
    record(
        Verb.RESTRICTED,
        organisation.credit_code,
        by=by,
        now=now,
        audience=Event.Audience.PUBLIC,
        filing=source,
        day=day.isoformat(),
        measure=restriction.label if restriction else Filing.Kind.REINSTATEMENT.label,
    )
