"""Which organisations belong together, from a day on and until a day."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import permutations
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.filings import Basis, file
from accounts.models import Affiliation, Filing, Organisation, Seat, Verb
from accounts.models.filings import AffiliationKind
from accounts.querysets import AffiliationQuerySet
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record


@dataclass(frozen=True)
class Tie:
    """How two organisations belong together, ``kind`` of ``AffiliationKind``."""

    kind: str
    organisation: Organisation
    other: Organisation


@action
def propose_affiliation(*, tie: Tie, share: Decimal | None = None, basis: Basis, by: Seat, now: datetime) -> Filing:
    """File that two organisations belong together from a day on; of a holder and its contract maker the holder comes
    first. Conflict where that is on record."""
    filing = _of_two(Filing.Kind.AFFILIATION, tie)
    filing.share = share
    if share is not None and not 0 < share <= 100:
        raise Refused(_("Enter a share above 0 and up to 100 per cent."), field="share", code="out_of_range")
    if _tied(filing).on(basis.day).exists():
        raise Conflict(_("This is on record already for the same time."), code="overlap")
    return file(filing, basis, by=by, now=now)


@action
def propose_separation(*, tie: Tie, basis: Basis, by: Seat, now: datetime) -> Filing:
    """File that two organisations belong together until a day, which is the last. Refused where none begun before
    that day still holds."""
    filing = _of_two(Filing.Kind.SEPARATION, tie)
    if not _tied(filing).filter(valid_from__lte=basis.day, valid_to=None).exists():
        raise Refused(_("Nothing of this kind is on record between these two."), field="other", code="not_on_record")
    return file(filing, basis, by=by, now=now)


def _of_two(kind: str, tie: Tie) -> Filing:
    """A filing of two organisations, which stand in one order where neither comes first."""
    first, second = tie.organisation, tie.other
    if first.pk == second.pk:
        raise Refused(_("Name two organisations."), field="other", code="two_different")
    if tie.kind == AffiliationKind.CONTROL and first.pk > second.pk:
        first, second = second, first
    return Filing(kind=kind, organisation=first, other=second, affiliation=tie.kind)


def _tied(filing: Filing) -> AffiliationQuerySet:
    """The affiliations between the two, of the kind that is filed."""
    return Affiliation.objects.filter(
        kind=filing.affiliation, organisation=filing.organisation_id, other=filing.other_id
    )


def affiliate(filing: Filing, *, by: Seat, now: datetime) -> None:
    """Let two belong together from the day of a confirmed filing. Conflict where that is on record."""
    try:
        with transaction.atomic():
            organisation, other = filing.both
            Affiliation.objects.create(
                kind=_kind(filing),
                organisation=organisation,
                other=other,
                share=filing.share,
                valid_from=filing.day,
                filing=filing,
            )
    except IntegrityError:
        raise Conflict(_("This is on record already for the same time."), code="overlap") from None
    _tell_both(Verb.AFFILIATION_RECORDED, filing, by, now)


def separate(filing: Filing, *, by: Seat, now: datetime) -> None:
    """Let them belong together until the day of a confirmed filing. Conflict where nothing is left to end."""
    standing = _tied(filing).filter(valid_from__lte=filing.day, valid_to=None)
    if standing.update(valid_to=filing.day, ending=filing) != 1:
        raise Conflict(_("Nothing of this kind is on record between these two."), code="not_on_record")
    _tell_both(Verb.AFFILIATION_ENDED, filing, by, now)


def _tell_both(verb: Verb, filing: Filing, by: Seat, now: datetime) -> None:
    for one, other in permutations(filing.both):
        told: dict[str, Any] = {"filing": filing.reference, "day": filing.day.isoformat(), "other": other.name}
        record(verb, one.credit_code, by=by, now=now, kind=_kind(filing).label, **told)


def _kind(filing: Filing) -> AffiliationKind:
    return AffiliationKind(str(filing.affiliation))
