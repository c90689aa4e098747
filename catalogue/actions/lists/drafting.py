"""An edition in preparation: begun from the one in force, its own facts, and its end without effect."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Region, Seat
from accounts.permissions import Permission
from catalogue.models import CatalogueList, Edition, Verb
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event
from core.moves import move

_COPY = """
    INSERT INTO catalogue_editionentry
        (edition_id, item_id, product_id, entry_class, restriction, payment_standard, units, note)
    SELECT %s, item_id, product_id, entry_class, restriction, payment_standard, units, note
    FROM catalogue_editionentry WHERE edition_id = %s ORDER BY id
"""


@dataclass(frozen=True)
class EditionFacts:
    """What an edition says of itself: its title, the document it follows, and the day on which it takes effect."""

    title: str
    source: str
    valid_from: date


@action
def begin_list(
    *,
    kind: str,
    name: str,
    region: Region | None = None,
    supplements: CatalogueList | None = None,
    by: Seat,
    now: datetime,
) -> CatalogueList:
    """Begin a list of a kind, for the country or a region. It holds nothing before its first edition takes effect."""
    require(by, Permission.KEEP_LISTS)
    name = name.strip()
    if not name:
        raise Refused(_("Give the list a name."), field="name", code="required")
    if supplements and supplements.kind != kind:
        raise Refused(_("A list supplements one of its own kind."), field="supplements", code="wrong_kind")
    begun = CatalogueList(kind=kind, name=name, region=region, supplements=supplements, begun_at=now, begun_by=by)
    try:
        with transaction.atomic():
            begun.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("This list is there already."), field="name", code="code_taken") from None
    begun.refresh_from_db(fields=("reference",))
    told = {"list": name, "kind": CatalogueList.Kind(kind).label}
    record(Verb.LIST_BEGUN, begun.reference, by=by, now=now, audience=Event.Audience.PUBLIC, **told)
    return begun


@action
def draft_edition(*, of: CatalogueList, facts: EditionFacts, empty: bool = False, by: Seat, now: datetime) -> Edition:
    """Begin the next edition of a list, with all entries of the one that is published last, or ``empty``.

    Conflict while another edition of the list is in preparation: that one is gone on with, or discarded.
    """
    require(by, Permission.KEEP_LISTS)
    before = of.editions.published().filter(valid_to=None).first()
    require_next_day(facts.valid_from, before, now)
    drafted = Edition(list=of, before=before, drafted_at=now, drafted_by=by, **_checked(facts))
    try:
        with transaction.atomic():
            drafted.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_in_preparation(of), code="pending") from None
    drafted.refresh_from_db(fields=("reference",))
    copied = 0
    if before and not empty:
        with connection.cursor() as cursor:
            cursor.execute(_COPY, [drafted.pk, before.pk])
            copied = cursor.rowcount
    record(Verb.EDITION_DRAFTED, drafted.reference, by=by, now=now, title=drafted.title, entries=copied)
    return drafted


@action
def edit_edition(*, edition: Edition, facts: EditionFacts, by: Seat, now: datetime) -> Edition:
    """Let a draft have another title, source or day."""
    held = hold_draft(edition, by)
    require_next_day(facts.valid_from, held.before, now)
    for name, value in _checked(facts).items():
        setattr(held, name, value)
    held.save(update_fields=("title", "source", "valid_from"))
    told: dict[str, Any] = {"title": held.title, "first_day": held.valid_from.isoformat()}
    record(Verb.EDITION_EDITED, held.reference, by=by, now=now, **told)
    return held


@action
def discard_edition(*, edition: Edition, reason: str, by: Seat, now: datetime) -> Edition:
    """Lay an edition aside that is not published, whoever prepares it; another may be begun then."""
    held = hold(edition, by)
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    facts = {"discarded_at": now, "discarded_by": by, "discard_reason": reason.strip()}
    move(held, Edition.Status.DISCARDED, **facts)
    record(Verb.EDITION_DISCARDED, held.reference, by=by, now=now, title=held.title, reason=reason.strip())
    return held


def hold(edition: Edition, by: Seat) -> Edition:
    """The edition as it is now, held until commit."""
    require(by, Permission.KEEP_LISTS)
    rows = Edition.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("list__region", "before", "drafted_by", "proposed_by").get(pk=edition.pk)


def hold_draft(edition: Edition, by: Seat) -> Edition:
    """The same, of an edition whose entries and facts may change."""
    held = hold(edition, by)
    if held.status != Edition.Status.DRAFT:
        raise Refused(
            _("Only a draft is changed; this edition is “%(status)s”.") % {"status": held.get_status_display()},
            code="not_now",
        )
    return held


def require_next_day(day: date, before: Edition | None, now: datetime) -> None:
    """Editions roll forward: the next begins after the one before and not before today, so that what stood on a day
    stays so. The first edition of a list may say since when it has held."""
    if before is None:
        return
    if day <= before.valid_from:
        raise Refused(
            _("The edition before took effect on %(day)s: this one begins later.") % {"day": before.valid_from},
            field="valid_from",
            code="date_out_of_range",
        )
    if day < legal_date(now):
        raise Refused(
            _("Choose today or a later day: what stood on a day that is over stays so."),
            field="valid_from",
            code="date_out_of_range",
        )


def _checked(facts: EditionFacts) -> dict[str, str | date]:
    said = {"title": facts.title.strip(), "source": facts.source.strip()}
    for name, text in said.items():
        if not text:
            raise Refused(_("This is needed for the record."), field=name, code="required")
    return {**said, "valid_from": facts.valid_from}


def _in_preparation(of: CatalogueList) -> str:
    other = of.editions.in_preparation().select_related("drafted_by__person", "drafted_by__organisation").first()
    if other is None:
        return _("Another edition of this list is in preparation.")
    told = {"reference": other.reference, "title": other.title, "person": other.drafted_by.signature}
    return _("%(person)s prepares another edition of this list: %(reference)s, %(title)s. Go on with it.") % told
