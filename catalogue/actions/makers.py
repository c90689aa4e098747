"""Which registered organisation a maker or holder of the catalogue is."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Organisation, Seat
from accounts.permissions import OrganisationKind, Permission
from catalogue.models import Maker, Verb
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record


@action
def link_maker(*, maker: Maker, organisation: Organisation, by: Seat, now: datetime) -> Maker:
    """Say that a maker is this registered supplier, which may offer its products from then on.

    A maker is one organisation, and stays it; an organisation may be several makers. Refused for any other kind.
    """
    require(by, Permission.IMPORT_CATALOGUE)
    if organisation.kind != OrganisationKind.SUPPLIER:
        raise Refused(_("Only a supplier makes or holds products."), field="credit_code")
    if Maker.objects.filter(pk=maker.pk, organisation=None).update(organisation=organisation) != 1:
        raise Conflict(_("This maker is registered already."))
    maker.organisation = organisation
    told = {"maker": str(maker), "organisation": organisation.name}
    record(Verb.MAKER_LINKED, organisation.credit_code, by=by, now=now, organisations=[organisation.pk], **told)
    return maker
