"""Who may offer a maker's products: the registered organisation that it is, its agents and its dealers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.actions import require_standing
from accounts.models import Organisation, Seat
from accounts.permissions import OrganisationKind, Permission
from catalogue.models import Authorisation, Maker, Product, Verb
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record


@dataclass(frozen=True)
class Letter:
    """What a letter of authorisation says: ``kind`` of ``Authorisation.Kind``, for all products of ``maker`` or for
    ``product`` alone, from and until which day, and by which words it is found."""

    kind: str
    maker: Maker
    product: Product | None
    valid_from: date
    valid_to: date
    evidence: str


@action
def link_maker(*, maker: Maker, organisation: Organisation, by: Seat, now: datetime) -> Maker:
    """Say that a maker is this registered supplier, which may offer its products from then on.

    A maker is one organisation, and stays it; an organisation may be several makers. Refused for any other kind.
    """
    require(by, Permission.IMPORT_CATALOGUE)
    _require_supplier(organisation)
    require_standing(organisation, field="credit_code")
    if Maker.objects.filter(pk=maker.pk, organisation=None).update(organisation=organisation) != 1:
        raise Conflict(_("This maker is registered already."), code="registered")
    maker.organisation = organisation
    told = {"maker": str(maker), "organisation": organisation.name}
    record(Verb.MAKER_LINKED, organisation.credit_code, by=by, now=now, organisations=[organisation.pk], **told)
    return maker


@action
def authorise(*, letter: Letter, supplier: Organisation, by: Seat, now: datetime) -> Authorisation:
    """Record that a supplier may offer what another makes or holds, by its letter.

    Refused where a second sole agent would stand for the same products at the same time, and where the maker is
    registered here and offers its products itself.
    """
    require(by, Permission.IMPORT_CATALOGUE)
    _require_supplier(supplier)
    require_standing(supplier, field="credit_code")
    if letter.valid_to < letter.valid_from:
        raise Refused(_("The end cannot be before the start."), field="valid_to", code="end_before_start")
    if letter.kind == Authorisation.Kind.SOLE_AGENT and letter.maker.organisation_id is not None:
        raise Refused(
            _("This maker is registered here and offers its products itself."), field="kind", code="wrong_kind"
        )
    try:
        with transaction.atomic():
            made = Authorisation.objects.create(supplier=supplier, recorded_at=now, recorded_by=by, **vars(letter))
    except IntegrityError:
        raise Refused(
            _("Another sole agent is recorded for the same products and time."), field="valid_from", code="overlap"
        ) from None
    made.refresh_from_db(fields=("reference",))
    record(
        Verb.AUTHORISED,
        made.reference,
        by=by,
        now=now,
        organisations=[supplier.pk],
        organisation=supplier.name,
        maker=str(letter.product or letter.maker),
        last_day=letter.valid_to.isoformat(),
    )
    return made


@action
def end_authorisation(
    *, authorisation: Authorisation, last_day: date, reason: str, by: Seat, now: datetime
) -> Authorisation:
    """Let an authorisation end before its day. Bids that were received stay; nothing new is bid or ordered by it.

    Conflict when somebody else has ended it.
    """
    require(by, Permission.IMPORT_CATALOGUE)
    if not authorisation.valid_from <= last_day < authorisation.valid_to:
        raise Refused(
            _("The last day lies between its first day and the day on which it ends anyhow."),
            field="last_day",
            code="date_out_of_range",
        )
    if not reason.strip():
        raise Refused(_("Say why it ends before its day."), field="reason", code="required")
    facts = {"valid_to": last_day, "ended_at": now, "ended_by": by, "end_reason": reason.strip()}
    if Authorisation.objects.filter(pk=authorisation.pk, ended_at=None).update(**facts) != 1:
        raise Conflict(_("Somebody else has just ended this authorisation."))
    told = {"last_day": last_day.isoformat(), "reason": reason.strip()}
    supplier = authorisation.supplier_id
    record(Verb.AUTHORISATION_ENDED, authorisation.reference, by=by, now=now, organisations=[supplier], **told)
    authorisation.refresh_from_db()
    return authorisation


def _require_supplier(organisation: Organisation) -> None:
    if organisation.kind != OrganisationKind.SUPPLIER:
        raise Refused(_("Only a supplier makes, holds or offers products."), field="credit_code", code="wrong_kind")
