"""Name and licence of an organisation, from a day on."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts import searching
from accounts.actions.filings import Basis, file
from accounts.models import Filing, Organisation, OrganisationVersion, Seat, Verb
from core import search
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event


@action
def propose_renaming(
    *, organisation: Organisation, name: str, licence: str = "", basis: Basis, by: Seat, now: datetime
) -> Filing:
    """File another name or licence of an organisation, which another registrar confirms.

    Its credit code is for life: who gets a new one is another organisation. Refused for a day that is to come or not
    after the last version's, and where nothing would change.
    """
    filing = Filing(kind=Filing.Kind.RENAMING, organisation=organisation, name=name.strip(), licence=licence.strip())
    if not filing.name:
        raise Refused(_("Enter the name as on the licence."), field="name", code="required")
    if (filing.name, filing.licence) == (organisation.name, organisation.licence):
        raise Refused(_("This changes nothing."), code="unchanged")
    changed = organisation.versions.latest("valid_from").valid_from
    if basis.day <= changed:
        raise Refused(
            _("Choose a day after %(day)s, when this was changed last.") % {"day": changed},
            field="day",
            code="date_out_of_range",
        )
    return file(filing, basis, by=by, now=now)


def rename(filing: Filing, *, by: Seat, now: datetime) -> None:
    """Let an organisation be called what a confirmed filing says. Conflict where a later version came between."""
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=filing.organisation_id)
    before = organisation.name
    if organisation.versions.filter(valid_from__gte=filing.day).exists():
        raise Conflict(_("Name or licence was changed meanwhile from a later day."), code="conflict")
    OrganisationVersion.objects.create(
        organisation=organisation, name=filing.name, licence=filing.licence, valid_from=filing.day, filing=filing
    )
    organisation.name, organisation.licence = filing.name, filing.licence
    organisation.save(update_fields=["name", "licence"])
    filing.organisation = organisation
    record(
        Verb.ORGANISATION_RENAMED,
        organisation.credit_code,
        by=by,
        now=now,
        audience=Event.Audience.PUBLIC,
        filing=filing.reference,
        day=filing.day.isoformat(),
        before=before,
        name=filing.name,
        licence=filing.licence or "–",
    )
    search.index([searching.of_organisation(organisation)])
