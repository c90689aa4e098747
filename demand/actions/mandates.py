"""Mandates: signed by an institution and by the agency, in two acts, withdrawn before the second, revoked after it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.access import require
from accounts.actions import require_standing
from accounts.documents import Paper
from accounts.models import Organisation, Seat
from accounts.permissions import OrganisationKind, Permission
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Fault, Refused
from core.events import record
from core.moves import move
from core.references import next_reference
from demand.models import DemandWindow, Mandate, MandateInstitution, Verb

MOST_YEARS = 5
MOST_SIGNED = 500  # mandates in one act


@dataclass(frozen=True)
class MandatePlan:
    """What is entrusted, of which goods (None: all) and for the needs of which years, both included."""

    reports: bool
    signs: bool
    pays: bool
    goods: str | None
    first_year: int
    last_year: int


@action
def give_mandate(
    *, plan: MandatePlan, institutions: Sequence[Organisation], paper: Paper, by: Seat, now: datetime
) -> Mandate:
    """Sign a mandate for the acting seat's institution, for those listed where it leads a county's institutions.

    Nothing is entrusted until the agency has signed too. Refused with every fault at once; an institution of
    another county is told at its row.
    """
    require(by, Permission.SIGN_MANDATE)
    if by.of_the_agency:
        raise Denied(Permission.SIGN_MANDATE)
    faults = [*_faults_of(plan, legal_date(now)), *_faults_of_list(institutions, by.organisation)]
    if not paper.fits:
        faults.append(Fault(_("Attach the document, at most 10 megabytes."), "document", code="document"))
    if faults:
        raise Refused(_("The mandate was not signed. Correct what is marked."), faults=faults)
    require_standing(*institutions, field="institutions")
    mandate = Mandate.objects.create(
        reference=next_reference("mandate", "MD", now),
        giver=by.organisation,
        **vars(plan),
        document_name=paper.name,
        document=paper.content,
        sha256=paper.sha256,
        given_at=now,
        given_by=by,
    )
    MandateInstitution.objects.bulk_create(MandateInstitution(mandate=mandate, institution=one) for one in institutions)
    readers = [one.pk for one in institutions]
    record(Verb.MANDATE_GIVEN, mandate.reference, by=by, now=now, organisations=readers, institutions=len(institutions))
    return mandate


@action
def sign_mandates(*, mandates: Sequence[Mandate], by: Seat, now: datetime) -> list[Mandate]:
    """Sign mandates for the agency, all of them or none: they are in force."""
    require(by, Permission.SIGN_MANDATE)
    if not by.of_the_agency:
        raise Denied(Permission.SIGN_MANDATE)
    if not 1 <= len(mandates) <= MOST_SIGNED:
        raise Refused(
            _("Choose from 1 to %(most)d mandates.") % {"most": MOST_SIGNED}, field="mandates", code="out_of_range"
        )
    held = [_held(mandate) for mandate in sorted(mandates, key=lambda mandate: mandate.pk)]
    for mandate in held:
        if mandate.given_by.person_id == by.person_id:
            raise Refused(_("You signed %(reference)s yourself.") % vars(mandate), field="mandates", code="two_people")
        if mandate.has_run_out(legal_date(now)):
            raise Refused(
                _("The years of %(reference)s are over.") % vars(mandate), field="mandates", code="date_out_of_range"
            )
        move(mandate, Mandate.Status.IN_FORCE, signed_at=now, signed_by=by)
        record(Verb.MANDATE_SIGNED, mandate.reference, by=by, now=now, organisations=_readers(mandate))
    return held


@action
def withdraw_mandate(*, mandate: Mandate, reason: str, by: Seat, now: datetime) -> Mandate:
    """Give up a mandate that waits for the agency's signature: its giver takes it back, or the agency declines it."""
    return _end(mandate, Mandate.Status.WITHDRAWN, Verb.MANDATE_WITHDRAWN, reason, by, now)


@action
def revoke_mandate(*, mandate: Mandate, reason: str, by: Seat, now: datetime) -> Mandate:
    """End a mandate in force, by its giver or the agency. What is published on it stays; further need stands apart."""
    return _end(mandate, Mandate.Status.REVOKED, Verb.MANDATE_REVOKED, reason, by, now)


def hold_mandates(window: DemandWindow) -> None:
    """Hold until commit every mandate that may cover need of a window, so that none comes or goes while it is read."""
    listed = MandateInstitution.objects.filter(institution__in=window.hospitals.all()).values("mandate")
    mandates = Mandate.objects.filter(pk__in=listed, ended_at=None).for_year(window.year).order_by("pk")
    list(mandates.select_for_update(no_key=True).values_list("pk", flat=True))


def _end(mandate: Mandate, to: str, verb: Verb, reason: str, by: Seat, now: datetime) -> Mandate:
    require(by, Permission.SIGN_MANDATE)
    if not (by.of_the_agency or mandate.giver_id in by.lineage):
        raise Denied(Permission.SIGN_MANDATE)
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    held = _held(mandate)
    move(held, to, ended_at=now, ended_by=by, end_reason=reason.strip())
    record(verb, held.reference, by=by, now=now, organisations=_readers(held), reason=reason.strip())
    return held


def _held(mandate: Mandate) -> Mandate:
    """The mandate as it is now, held until commit; Conflict where somebody has moved it since it was read."""
    rows = Mandate.objects.select_for_update(of=("self",), no_key=True).defer("document")
    held = rows.select_related("given_by").get(pk=mandate.pk)
    if held.status != mandate.status:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    return held


def _readers(mandate: Mandate) -> list[int]:
    return [mandate.giver_id, *mandate.institutions.order_by("pk").values_list("pk", flat=True)]


def _faults_of(plan: MandatePlan, today: date) -> Iterator[Fault]:
    if not (plan.reports or plan.signs or plan.pays):
        yield Fault(_("Say what the agency is entrusted with."), "signs", code="required")
    if plan.last_year < plan.first_year:
        yield Fault(_("The last year cannot be before the first."), "last_year", code="end_before_start")
    elif plan.last_year < today.year:
        yield Fault(_("These years are over."), "last_year", code="date_out_of_range")
    elif plan.last_year - plan.first_year >= MOST_YEARS:
        yield Fault(
            _("A mandate is for at most %(most)d years.") % {"most": MOST_YEARS}, "last_year", code="out_of_range"
        )


def _faults_of_list(institutions: Sequence[Organisation], giver: Organisation) -> Iterator[Fault]:
    if not institutions:
        yield Fault(_("List the institutions that it is for."), "institutions", code="required")
    seen = set()
    for row, one in enumerate(institutions, start=1):
        if one.pk in seen:
            yield Fault(_("%(name)s is listed twice.") % {"name": one.name}, "institutions", row, code="twice")
        elif one.kind != OrganisationKind.HOSPITAL:
            yield Fault(_("%(name)s is no hospital.") % {"name": one.name}, "institutions", row, code="wrong_kind")
        elif one.pk != giver.pk and one.region_id != giver.region_id:
            yield Fault(
                _("%(name)s lies in another county: its own institution signs for it.") % {"name": one.name},
                "institutions",
                row,
                code="other_region",
            )
        seen.add(one.pk)
