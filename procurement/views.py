"""Pages of the whole: what must I do next, by when; search; what becomes of an organisation in every room; and the
public record of a tender."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import presentation as look
from accounts.access import public, requires, signed_in
from accounts.permissions import Permission
from accounts.views.organisations import filing_of
from core.clock import legal_date
from core.models import Event
from core.skins import attempt
from procurement import actions, reference, searching, shell
from procurement.events import EventTable
from procurement.record import written
from procurement.tables import HitTable
from procurement.usual import usual
from procurement.welcome import welcome_context
from procurement.working_days import days_of
from tenders.models import Tender

LONGEST_SEARCH = 100  # characters
IN_THE_BOX, ON_THE_PAGE = 4, 20  # answers of a kind


@public
def api_reference(request: HttpRequest) -> HttpResponse:
    return render(request, "procurement/api_reference.html", {"areas": reference.areas(), "shapes": reference.shapes()})


@public
def api_schema(request: HttpRequest) -> HttpResponse:
    kind = request.get_preferred_type([*reference.WRITERS]) or next(iter(reference.WRITERS))
    return HttpResponse(reference.description(kind), content_type=kind, headers={"Vary": "Accept"})


@public
def home(request: HttpRequest) -> HttpResponse:
    """What waits for a seat; whoever has none is told what there is to take part in."""
    if request.seat:
        return workbench(request)
    return render(request, "procurement/welcome.html", welcome_context(timezone.now()))


@signed_in
def workbench(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "todos": shell.todos(request.seat, now),
        "figures": shell.figures(request.seat, now),
        "ahead": shell.ahead(request.seat, now),
        "usual": usual(request.seat),
        "now": now,
        "today": legal_date(now),
    }
    return render(request, "procurement/home.html", context)


@signed_in
def search(request: HttpRequest) -> HttpResponse:
    """What the seat may know of that holds every word it typed: the page, and what the box of every page shows."""
    asked = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    if request.htmx:
        answer = render(request, "procurement/_found.html", searching.found(asked, request.seat, IN_THE_BOX))
        answer["X-Found"] = "yes"
        return answer
    found = searching.found(asked, request.seat, ON_THE_PAGE)
    tables = [(group, HitTable(request, group.hits)) for group in found["groups"]]
    return render(request, "procurement/search.html", found | {"tables": tables})


@requires(Permission.READ_TRAIL)
def events(request: HttpRequest) -> HttpResponseBase:
    table = EventTable(request, Event.objects.visible_to(request.seat).defer("mac"))
    if table.export:
        return table.export_response()
    return render(request, "procurement/events.html", {"table": table})


@signed_in
def working_days(request: HttpRequest) -> HttpResponse:
    this_year = legal_date(timezone.now()).year
    years = [(year, list(days_of(year))) for year in (this_year, this_year + 1)]
    return render(request, "procurement/working_days.html", {"years": years})


@requires(Permission.MANAGE_ORGANISATIONS, fresh=True)
def confirm_filing(request: HttpRequest, reference: str) -> HttpResponse:
    filing = filing_of(request, reference)
    form = Form(request.POST if request.method == "POST" else None)
    facts = {"filing": filing, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: actions.confirm_filing(**facts)):
        messages.success(request, _("Confirmed."))
        return redirect(filing.organisation)
    context = {**look.confirming(filing), "form": form, "cancel_url": filing.get_absolute_url()}
    return render(request, "procurement/confirm_filing.html", {"filing": filing, **context})


@public
def record(request: HttpRequest, reference: str) -> StreamingHttpResponse:
    """The public record: what anybody needs to check the tender."""
    tender = get_object_or_404(Tender.objects.published(), reference=reference)
    response = StreamingHttpResponse(written(tender), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{tender.reference}-record.json"'
    return response
