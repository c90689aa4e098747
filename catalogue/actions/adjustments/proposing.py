"""Suppliers and hospitals propose additions, corrections and withdrawals, one or many at once, with evidence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.actions import require_standing
from accounts.documents import LARGEST_TOGETHER, Paper
from accounts.models import Seat
from accounts.permissions import OrganisationKind, Permission
from catalogue.actions.adjustments.said import changed, current_versions, said_of_item, said_of_product
from catalogue.models import Adjustment, AdjustmentPaper, Item, Product, ProductVersion, ProductWithdrawal, Verb
from catalogue.rules import (
    ITEM_FACTS,
    PRODUCT_FACTS,
    TEMPLATE_COLUMNS,
    RowError,
    faults_of_addition,
    faults_of_correction,
    normalise,
)
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Fault, Refused
from core.events import record_all
from core.outbox import queue
from core.references import next_reference

PROPOSERS = (Permission.BID, Permission.APPLY_FOR_LISTING, Permission.REPORT_DEMAND)
MOST_PROPOSALS = 2000
MOST_PAPERS = 10
REASON_LENGTH = 500
_Kind = Adjustment.Kind
# What may be said, by kind.
COLUMNS: Mapping[str, frozenset[str]] = {
    _Kind.ADD: frozenset(TEMPLATE_COLUMNS),
    _Kind.CORRECT_ITEM: frozenset(ITEM_FACTS),
    _Kind.CORRECT_PRODUCT: frozenset(PRODUCT_FACTS),
    _Kind.WITHDRAW: frozenset(),
}


@dataclass(frozen=True)
class Proposal:
    """What somebody wants changed, and why; ``said`` by columns of the import template, of a correction only what is to
    be otherwise."""

    kind: str
    reason: str
    said: Mapping[str, str] = field(default_factory=dict)
    item: Item | None = None
    product: Product | None = None

    @property
    def thing(self) -> tuple[str, int | None]:
        """What nobody proposes twice at once: its kind and the thing that it is about."""
        return self.kind, (self.product.pk if self.product else self.item.pk if self.item else None)


@action
def propose_adjustments(
    *, proposals: Sequence[Proposal], papers: Sequence[Paper], by: Seat, now: datetime
) -> list[Adjustment]:
    """Propose changes of the catalogue, with the same evidence: all of them or, where one is refused, none.

    A supplier speaks of products that it offers. Refused row by row: what says nothing new, what has no grammar, what
    the catalogue has already, and what the organisation has proposed already.
    """
    require(by, *PROPOSERS)
    require_standing(by.organisation)
    if not 0 < len(proposals) <= MOST_PROPOSALS:
        raise Refused(_("Give between 1 and %(most)s proposals.") % {"most": MOST_PROPOSALS}, code="out_of_range")
    check_papers(papers)
    versions = current_versions(one.product.pk for one in proposals if one.product)
    faults = [*_of_rows(proposals, versions), *_of_others(proposals, by, legal_date(now))]
    if faults:
        raise Refused(faults[0].message, faults=sorted(faults, key=lambda fault: fault.row or 0))
    bundle = next_reference("adjustment_bundle", "AB", now)
    made = _insert([_adjustment(one, versions, bundle, by, now) for one in proposals])
    keep_papers(bundle, papers, by, now)
    told = [(one.reference, {"kind": one.get_kind_display(), "about": one.about, "reason": one.reason}) for one in made]
    record_all(Verb.ADJUSTMENT_PROPOSED, told, by=by, now=now)
    queue("catalogue.tasks.tell_of_adjustment", made[0].reference, "proposed", by.organisation_id, now=now)
    return made


def check_papers(papers: Sequence[Paper], *, needed: bool = True) -> None:
    """Refused for files that nobody could open, for too many, and for none where one is needed."""
    if needed and not papers:
        raise Refused(_("Attach what shows it."), field="documents", code="required")
    if len(papers) > MOST_PAPERS:
        words = _("Attach at most %(most)s files.") % {"most": MOST_PAPERS}
        raise Refused(words, field="documents", code="out_of_range")
    if not all(paper.fits for paper in papers):
        wrong = _("Attach a PDF, an OFD or a picture, at most 10 megabytes.")
        raise Refused(wrong, field="documents", code="document")
    if sum(len(paper.content) for paper in papers) > LARGEST_TOGETHER:
        raise Refused(_("Attach at most 40 megabytes together."), field="documents", code="document")


def keep_papers(bundle: str, papers: Sequence[Paper], by: Seat, now: datetime) -> None:
    """Keep the files of what was proposed together; the same file once."""
    known = set(AdjustmentPaper.objects.filter(bundle=bundle).values_list("sha256", flat=True))
    new = {paper.sha256: paper for paper in papers if paper.sha256 not in known}
    AdjustmentPaper.objects.bulk_create(
        AdjustmentPaper(
            bundle=bundle,
            organisation_id=by.organisation_id,
            document_name=paper.name,
            document=paper.content,
            sha256=paper.sha256,
            given_at=now,
            given_by=by,
        )
        for paper in new.values()
    )


def faults_of(kind: str, said: Mapping[str, str], before: Mapping[str, str]) -> list[Fault]:
    """What is wrong with what is said, whatever else the catalogue holds."""
    if unknown := sorted(set(said) - COLUMNS[kind]):
        words = _("This is not said of it: %(columns)s.") % {"columns": ", ".join(unknown)}
        return [Fault(words, unknown[0], code="unknown")]
    if kind == _Kind.ADD:
        return [_told(error) for error in faults_of_addition(said)]
    if kind == _Kind.WITHDRAW:
        return []
    if not said:
        return [Fault(_("This changes nothing."), code="unchanged")]
    return [_told(error) for error in faults_of_correction(said, before)]


def before_of(one: Proposal | Adjustment, versions: Mapping[int, ProductVersion]) -> dict[str, str]:
    """What the catalogue says now of what is to be corrected."""
    if one.kind == _Kind.CORRECT_ITEM and one.item:
        return said_of_item(one.item)
    if one.kind == _Kind.CORRECT_PRODUCT and one.product:
        return said_of_product(versions[one.product.pk])
    return {}


def _told(error: RowError) -> Fault:
    return Fault(error.told(_), error.column, code="invalid")


def _of_rows(proposals: Sequence[Proposal], versions: Mapping[int, ProductVersion]) -> Iterator[Fault]:
    for number, one in enumerate(proposals, start=1):
        if one.kind not in _Kind.values:
            yield Fault(_("Choose one of the values offered."), "kind", number, "invalid_choice")
            continue
        if not one.reason.strip():
            yield Fault(_("Give the reason, so that the other side knows."), "reason", number, "required")
        if len(one.reason.strip()) > REASON_LENGTH:
            words = _("At most %(limit)s characters, not %(length)s.")
            told = {"limit": REASON_LENGTH, "length": len(one.reason.strip())}
            yield Fault(words % told, "reason", number, "max_length")
        if (fault := _misnamed(one)) is not None:
            yield Fault(fault.message, fault.field, number, fault.code)
            continue
        before = before_of(one, versions)
        said = one.said if set(one.said) - COLUMNS[one.kind] else _said(one, before)
        for fault in faults_of(one.kind, said, before):
            yield Fault(fault.message, fault.field, number, fault.code)


def _misnamed(one: Proposal) -> Fault | None:
    """What a proposal of its kind must name, and does not, or names though it is not about it."""
    if one.item and one.kind != _Kind.CORRECT_ITEM:
        return Fault(_("This is not said of it: %(columns)s.") % {"columns": "item"}, "item", code="unknown")
    if one.product and one.kind in (_Kind.ADD, _Kind.CORRECT_ITEM):
        return Fault(_("This is not said of it: %(columns)s.") % {"columns": "product"}, "product", code="unknown")
    if one.kind == _Kind.CORRECT_ITEM and one.item is None:
        return Fault(_("Name the item."), "item", code="required")
    if one.kind in (_Kind.CORRECT_PRODUCT, _Kind.WITHDRAW) and one.product is None:
        return Fault(_("Name the product."), "product", code="required")
    return None


def _of_others(proposals: Sequence[Proposal], by: Seat, day: date) -> Iterator[Fault]:
    """What others stand against: who may speak of a product, what the catalogue has, and what was proposed already."""
    products = {one.product.pk for one in proposals if one.product}
    own = products
    if by.organisation.kind == OrganisationKind.SUPPLIER:
        offered = ProductVersion.objects.current().offered_by(by.organisation_id, day, dealers=True)
        own = set(offered.filter(product__in=products).values_list("product", flat=True))
    out = set(ProductWithdrawal.objects.running().filter(product__in=products).values_list("product", flat=True))
    codes = {normalise(one.said.get("national_code", "")) for one in proposals if one.kind == _Kind.ADD} - {""}
    known = set(Product.objects.filter(key__in=codes).values_list("key", flat=True))
    rows = Adjustment.objects.open().filter(organisation__in=by.lineage).exclude(kind=_Kind.ADD)
    seen = {(kind, product or item) for kind, product, item in rows.values_list("kind", "product", "item")}
    for number, one in enumerate(proposals, start=1):
        if one.product and one.product.pk not in own:
            wrong = _("You do not offer %(product)s.") % {"product": one.product}
            yield Fault(wrong, "product", number, "not_offered")
        if one.product and one.kind == _Kind.WITHDRAW and one.product.pk in out:
            yield Fault(_("This product is withdrawn already."), "product", number, "already_done")
        if one.kind == _Kind.ADD and normalise(one.said.get("national_code", "")) in known:
            yield Fault(_("The catalogue has this code already."), "national_code", number, "registered")
        if one.kind != _Kind.ADD and one.thing in seen:
            yield Fault(_("Your proposal about this waits already."), "product", number, "pending")
        seen.add(one.thing)


def _said(one: Proposal, before: Mapping[str, str]) -> dict[str, str]:
    """What is kept of what was said: of an addition all that is not empty, of a correction what is otherwise."""
    if one.kind == _Kind.ADD:
        return {name: text.strip() for name, text in one.said.items() if text.strip()}
    return changed(one.said, before)


def _adjustment(
    one: Proposal, versions: Mapping[int, ProductVersion], bundle: str, by: Seat, now: datetime
) -> Adjustment:
    before = before_of(one, versions)
    said = _said(one, before)
    facts: dict[str, Any] = {"item": one.item, "product": one.product}
    return Adjustment(
        bundle=bundle,
        kind=one.kind,
        organisation_id=by.organisation_id,
        said=said,
        before={name: before[name] for name in said if name in before},
        reason=one.reason.strip(),
        proposed_at=now,
        proposed_by=by,
        waits_since=now,
        **facts,
    )


def _insert(wanted: list[Adjustment]) -> list[Adjustment]:
    try:
        with transaction.atomic():
            keys = [one.pk for one in Adjustment.objects.bulk_create(wanted)]
    except IntegrityError:
        raise Conflict(_("Somebody of your organisation has just proposed the same."), code="pending") from None
    return list(Adjustment.objects.filter(pk__in=keys).for_list().order_by("pk"))
