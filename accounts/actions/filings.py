"""What happens to organisations: one registrar files it with its document, another confirms or declines it."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import searching
from accounts.actions.seats import permit
from accounts.models import Affiliation, Filing, Organisation, OrganisationVersion, Seat, Verb
from accounts.models.filings import AffiliationKind
from accounts.permissions import Permission
from accounts.querysets import AffiliationQuerySet
from core import search
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event
from core.moves import move
from core.references import next_reference

LARGEST_DOCUMENT = 10 * 1024 * 1024
_NAME_LENGTH = 200


@dataclass(frozen=True)
class Evidence:
    """The document that says so, as it was uploaded."""

    file_name: str
    content: bytes


@dataclass(frozen=True)
class Tie:
    """How two organisations belong together, ``kind`` of ``AffiliationKind``."""

    kind: str
    organisation: Organisation
    other: Organisation


@dataclass(frozen=True)
class Basis:
    """Of what a filing says: from which day it holds, and by which document."""

    day: date
    evidence: Evidence


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
        raise Refused(_("Enter the name as on the licence."), field="name")
    if (filing.name, filing.licence) == (organisation.name, organisation.licence):
        raise Refused(_("This changes nothing."))
    last = organisation.versions.order_by("valid_from").last()
    if basis.day <= last.valid_from:
        raise Refused(
            _("Choose a day after %(day)s, when this was changed last.") % {"day": last.valid_from}, field="day"
        )
    return file(filing, basis, by=by, now=now)


@action
def propose_affiliation(*, tie: Tie, share: Decimal | None = None, basis: Basis, by: Seat, now: datetime) -> Filing:
    """File that two organisations belong together from a day on; of a holder and its contract maker the holder comes
    first. Conflict where that is on record."""
    filing = _of_two(Filing.Kind.AFFILIATION, tie)
    filing.share = share
    if share is not None and not 0 < share <= 100:
        raise Refused(_("Enter a share above 0 and up to 100 per cent."), field="share")
    if _tied(filing).on(basis.day).exists():
        raise Conflict(_("This is on record already for the same time."))
    return file(filing, basis, by=by, now=now)


@action
def propose_separation(*, tie: Tie, basis: Basis, by: Seat, now: datetime) -> Filing:
    """File that two organisations belong together until a day, which is the last. Refused where none begun before
    that day still holds."""
    filing = _of_two(Filing.Kind.SEPARATION, tie)
    if not _tied(filing).filter(valid_from__lte=basis.day, valid_to=None).exists():
        raise Refused(_("Nothing of this kind is on record between these two."), field="other")
    return file(filing, basis, by=by, now=now)


@action
def confirm_filing(*, filing: Filing, by: Seat, now: datetime) -> Filing:
    """Make true what another person has filed, as far as this room knows of it. Conflict where that is decided."""
    held = _held(filing, by)
    if held.proposed_by.person_id == by.person_id:
        raise Refused(_("Somebody else than the person who filed this confirms it."), code="second_person")
    move(held, Filing.Status.CONFIRMED, confirmed_at=now, confirmed_by=by)
    match held.kind:
        case Filing.Kind.RENAMING:
            _rename(held, by=by, now=now)
        case Filing.Kind.AFFILIATION:
            _affiliate(held, by=by, now=now)
        case Filing.Kind.SEPARATION:
            _separate(held, by=by, now=now)
    return held


@action
def decline_filing(*, filing: Filing, reason: str, by: Seat, now: datetime) -> Filing:
    """Leave everything as it is, and say why; whoever filed something may take it back so."""
    held = _held(filing, by)
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason")
    move(held, Filing.Status.DECLINED, declined_at=now, declined_by=by, decline_reason=reason.strip())
    told = {"filing": held.reference, "reason": reason.strip()}
    record(Verb.FILING_DECLINED, held.organisation.credit_code, by=by, now=now, **told)
    return held


def file(filing: Filing, basis: Basis, *, by: Seat, now: datetime) -> Filing:
    """Write down what is filed. Nothing is true of it yet."""
    permit(by, Permission.MANAGE_ORGANISATIONS)
    if basis.day > legal_date(now):
        raise Refused(_("Choose a day that has come: what is filed holds today."), field="day")
    content = basis.evidence.content
    if not 0 < len(content) <= LARGEST_DOCUMENT:
        raise Refused(_("Attach the document, at most 10 megabytes."), field="document")
    filing.reference = next_reference("filing", "OF", now)
    filing.day = basis.day
    filing.document_name = basis.evidence.file_name[-_NAME_LENGTH:]
    filing.document, filing.sha256 = content, hashlib.sha256(content).hexdigest()
    filing.proposed_at, filing.proposed_by = now, by
    try:
        with transaction.atomic():
            filing.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("The same is filed already and waits for a second person.")) from None
    told = {"filing": filing.reference, "day": basis.day.isoformat(), "what": Filing.Kind(filing.kind).label}
    record(Verb.FILING_PROPOSED, filing.organisation.credit_code, by=by, now=now, **told)
    return filing


def _held(filing: Filing, by: Seat) -> Filing:
    """The filing as it is now, held until commit; Conflict where somebody has decided it."""
    permit(by, Permission.MANAGE_ORGANISATIONS)
    rows = Filing.objects.select_for_update(of=("self",), no_key=True).defer("document")
    held = rows.select_related("organisation", "other", "proposed_by").get(pk=filing.pk)
    if held.status != Filing.Status.PROPOSED:
        raise Conflict(_("This is decided already."))
    return held


def _rename(filing: Filing, *, by: Seat, now: datetime) -> None:
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=filing.organisation_id)
    before = organisation.name
    if organisation.versions.filter(valid_from__gte=filing.day).exists():
        raise Conflict(_("Name or licence was changed meanwhile from a later day."))
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


def _of_two(kind: str, tie: Tie) -> Filing:
    """A filing of two organisations, which stand in one order where neither comes first."""
    first, second = tie.organisation, tie.other
    if first.pk == second.pk:
        raise Refused(_("Name two organisations."), field="other")
    if tie.kind == AffiliationKind.CONTROL and first.pk > second.pk:
        first, second = second, first
    return Filing(kind=kind, organisation=first, other=second, affiliation=tie.kind)


def _tied(filing: Filing) -> AffiliationQuerySet:
    """The affiliations between the two, of the kind that is filed."""
    return Affiliation.objects.filter(
        kind=filing.affiliation, organisation=filing.organisation_id, other=filing.other_id
    )


def _affiliate(filing: Filing, *, by: Seat, now: datetime) -> None:
    try:
        with transaction.atomic():
            Affiliation.objects.create(
                kind=filing.affiliation,
                organisation_id=filing.organisation_id,
                other_id=filing.other_id,
                share=filing.share,
                valid_from=filing.day,
                filing=filing,
            )
    except IntegrityError:
        raise Conflict(_("This is on record already for the same time.")) from None
    _tell_both(Verb.AFFILIATION_RECORDED, filing, by, now)


def _separate(filing: Filing, *, by: Seat, now: datetime) -> None:
    standing = _tied(filing).filter(valid_from__lte=filing.day, valid_to=None)
    if standing.update(valid_to=filing.day, ending=filing) != 1:
        raise Conflict(_("Nothing of this kind is on record between these two."))
    _tell_both(Verb.AFFILIATION_ENDED, filing, by, now)


def _tell_both(verb: Verb, filing: Filing, by: Seat, now: datetime) -> None:
    for one, other in ((filing.organisation, filing.other), (filing.other, filing.organisation)):
        told = {"filing": filing.reference, "day": filing.day.isoformat(), "other": other.name}
        record(verb, one.credit_code, by=by, now=now, kind=AffiliationKind(filing.affiliation).label, **told)
