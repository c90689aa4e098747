"""Pages of listings: applied for by suppliers, decided by two people of the agency, read by everybody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import requires
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue import actions, as_of
from catalogue.forms import EndAuthorisationForm
from catalogue.forms.listings import AnswerForm, ApplyForm, DecideForm, SingleSourceForm
from catalogue.models import Listing, ProductVersion, SingleSource
from catalogue.shelf_use import Holding, holdings, worst_of
from catalogue.tables.listings import TONES, EndableSingleSourceTable, ListingTable, SingleSourceTable
from core.clock import legal_date
from core.errors import Refused
from core.skins import attempt, fill_in

DECIDES = (Permission.REVIEW_LISTING, Permission.LIST_PRODUCT, Permission.APPLY_FOR_LISTING)
MOST_AT_ONCE = 500


@requires(Permission.READ_CATALOGUE)
def listings(request: HttpRequest) -> HttpResponseBase:
    on = as_of.asked(request, legal_date(timezone.now()))
    rows = Listing.objects.visible_to(request.seat).for_list()
    table = ListingTable(request, rows.as_of(on.day, request.seat) if on.day else rows, on=on)
    may_decide = not on.day and any(request.seat.may(permission) for permission in DECIDES)
    table.pick = (lambda listing: listing.reference) if may_decide else ""
    if table.export and not on.form.errors:
        return table.export_response()
    context = {
        "on": on.day,
        "table": table,
        "may_decide": may_decide,
        "may_apply": request.seat.may(Permission.APPLY_FOR_LISTING),
    }
    return render(request, "catalogue/listings.html", context)


@requires(Permission.READ_CATALOGUE)
def listing(request: HttpRequest, reference: str) -> HttpResponse:
    found = _load(request, reference)
    context = {
        "listing": found,
        "tone": TONES[found.status],
        "steps": found.steps.select_related("taken_by__person", "taken_by__organisation").order_by("-pk"),
        "may_decide": _may_decide(request.seat, found),
        "may_answer": found.status == Listing.Status.ASKED and _is_its_supplier(request.seat, found),
        "documents": _documents(request.seat, found),
    }
    return render(request, "catalogue/listing.html", context)


@requires(Permission.APPLY_FOR_LISTING)
def apply_for_listing(request: HttpRequest) -> HttpResponseBase:
    """Prices of many products at once, typed, pasted or uploaded."""
    today = legal_date(timezone.now())
    start = {"valid_from": today, "regions": request.seat.organisation.region.full_name}
    form = ApplyForm(_offered(request.seat), request.POST or None, request.FILES, draft="apply-listing", initial=start)
    if template := request.GET.get("template"):
        return form.template_response(template)
    made: list[Listing] = []
    facts = {"by": request.seat, "now": timezone.now()}
    if fill_in(request, form, lambda: made.extend(actions.apply_for_listing(applications=form.applications, **facts))):
        told = ngettext("%(n)s application waits for review.", "%(n)s applications wait for review.", len(made))
        messages.success(request, told % {"n": len(made)})
        return redirect("catalogue:listings")
    return render(request, "catalogue/apply_for_listing.html", {"form": form})


def _offered(seat: Seat) -> list[Any]:
    """What the seat's organisation may offer today, with the price at which it is listed anywhere."""
    mine = Listing.objects.filter(product=OuterRef("product"), supplier=seat.organisation_id, status="listed")
    today = legal_date(timezone.now())
    offered = ProductVersion.objects.offerable().offered_by(seat.organisation_id, today, dealers=True)
    found = offered.select_related("product__item", "product__maker").annotate(
        listed_at=Subquery(mine.order_by("-pk").values("price")[:1])
    )
    versions = list(found.order_by("product__item__pinyin", "pk"))
    held = holdings([version.product for version in versions], seat.organisation, today, today)
    for version in versions:
        version.lacks = worst_of(held, version.product)
    return versions


@requires(Permission.APPLY_FOR_LISTING)
def answer_listing(request: HttpRequest, reference: str) -> HttpResponse:
    found = _load(request, reference)
    start = {"price": found.price, "valid_from": found.valid_from, "evidence": found.evidence}
    form = AnswerForm(request.POST or None, initial=start)
    facts = {"listing": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.answer_listing(**form.cleaned_data, **facts)):
        messages.success(request, _("Answered: the application waits for its review again."))
        return redirect(found)
    return render(request, "catalogue/answer_listing.html", {"listing": found, "form": form})


@dataclass(frozen=True)
class Answered:
    """What became of one of the listings that were decided on: why not, or nothing."""

    listing: Listing
    why: str = ""


@requires(*DECIDES, fresh=True)
def decide_listings(request: HttpRequest) -> HttpResponse:
    """One decision on what is ticked, an answer a row: what is refused leaves the others decided."""
    ticked = request.GET.getlist("pick")[:MOST_AT_ONCE]
    found = Listing.objects.visible_to(request.seat).for_list().filter(reference__in=ticked).order_by("pk")
    if not found:
        messages.warning(request, _("Tick what is to be decided."))
        return redirect("catalogue:listings")
    form = DecideForm(request.seat, request.POST or None)
    answers: list[Answered] = []
    if request.method == "POST" and form.is_valid():
        answers = [_decide(one, form.cleaned_data, request.seat) for one in found]
        if not any(answer.why for answer in answers):
            messages.success(request, _("Decided: %(n)s.") % {"n": len(answers)})
            return redirect(found[0] if len(answers) == 1 else "catalogue:listings")
    return render(request, "catalogue/decide_listings.html", {"form": form, "listings": found, "answers": answers})


def _decide(listing: Listing, said: dict[str, Any], seat: Seat) -> Answered:
    facts = {"listing": listing, "by": seat, "now": timezone.now()}
    reason = {"reason": said["reason"]}
    acts: dict[str, Callable[[], Listing]] = {
        "review": lambda: actions.review_listing(valid_from=said.get("valid_from"), **facts),
        "list": lambda: actions.list_product(**facts),
        "ask_back": lambda: actions.ask_back(**facts, **reason),
        "return": lambda: actions.return_listing(**facts, **reason),
        "refuse": lambda: actions.refuse_listing(**facts, **reason),
        "suspend": lambda: actions.suspend_listing(**facts, **reason),
        "resume": lambda: actions.resume_listing(**facts, **reason),
        "delist": lambda: actions.delist(**facts, **reason),
        "withdraw": lambda: actions.withdraw_listing(**facts, **reason),
    }
    try:
        acts[said["act"]]()
    except Refused as refusal:
        return Answered(listing, refusal.message)
    return Answered(listing)


@requires(Permission.READ_CATALOGUE)
def single_sources(request: HttpRequest) -> HttpResponseBase:
    rows = SingleSource.objects.visible_to(request.seat)
    rows = rows.select_related("item", "variety", "supplier", "region", "hospital")
    may_record = request.seat.may(Permission.LIST_PRODUCT)
    kind = EndableSingleSourceTable if may_record else SingleSourceTable
    table = kind(request, rows, today=legal_date(timezone.now()))
    if table.export and table.filter_form.is_valid():
        return table.export_response()
    return render(request, "catalogue/single_sources.html", {"table": table, "may_record": may_record})


@requires(Permission.LIST_PRODUCT)
def record_single_source(request: HttpRequest) -> HttpResponse:
    start = {"region": request.seat.organisation.region_id, "valid_from": legal_date(timezone.now())}
    form = SingleSourceForm(request.POST or None, initial=start)
    facts = {"by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(
        form, lambda: actions.record_single_source(commitment=form.commitment, **facts)
    ):
        messages.success(request, _("Recorded. Orders of other suppliers' products take a reason from its first day."))
        return redirect("catalogue:single-sources")
    return render(request, "catalogue/record_single_source.html", {"form": form})


@requires(Permission.LIST_PRODUCT)
def end_single_source(request: HttpRequest, reference: str) -> HttpResponse:
    found = get_object_or_404(SingleSource.objects.visible_to(request.seat), reference=reference)
    form = EndAuthorisationForm(request.POST or None, initial={"last_day": legal_date(timezone.now())})
    act = {"commitment": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.end_single_source(**form.cleaned_data, **act)):
        messages.success(request, _("The commitment ends on %(day)s.") % {"day": found.valid_to})
        return redirect("catalogue:single-sources")
    return render(request, "catalogue/end_single_source.html", {"commitment": found, "form": form})


def _documents(seat: Seat, found: Listing) -> list[Holding]:
    """What of its supplier's shelf stands for what is applied for: for the supplier, and for who reviews it."""
    reads = _is_its_supplier(seat, found) or seat.may(Permission.REVIEW_LISTING) or seat.may(Permission.LIST_PRODUCT)
    if not (found.is_open and reads):
        return []
    today = legal_date(timezone.now())
    return holdings([found.product], found.supplier, today, max(today, found.valid_from))


def _load(request: HttpRequest, reference: str) -> Listing:
    return get_object_or_404(Listing.objects.visible_to(request.seat).for_list(), reference=reference)


def _is_its_supplier(seat: Seat, found: Listing) -> bool:
    return seat.may(Permission.APPLY_FOR_LISTING) and found.supplier_id in seat.lineage


def _may_decide(seat: Seat, found: Listing) -> bool:
    """Whether anything is left to be decided by the seat."""
    if _is_its_supplier(seat, found):
        return found.is_open
    if found.status in (Listing.Status.APPLIED, Listing.Status.ASKED):
        return seat.may(Permission.REVIEW_LISTING)
    later = (Listing.Status.REVIEWED, Listing.Status.LISTED, Listing.Status.SUSPENDED)
    return found.status in later and seat.may(Permission.LIST_PRODUCT)
