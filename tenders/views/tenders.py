"""Pages about tenders as a whole: the list, one tender, its people, publication, cancellation, the public notice."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import public, requires
from accounts.permissions import Permission
from core.skins import attempt, read_at
from tenders.actions import publication as actions
from tenders.actions.questions import questions_end
from tenders.checklist import missing
from tenders.forms.preparation import CancelForm
from tenders.models import Tender, TenderNotice
from tenders.presentation import tenders as look
from tenders.presentation.changes import changes_of, second_person_context
from tenders.presentation.committee import committee_context
from tenders.presentation.questions import clarifications_of
from tenders.tables import tender_table
from tenders.views.bidding import document_response

READ, PUBLISH = Permission.READ_TENDERS, Permission.PUBLISH_TENDER


@requires(READ)
def tenders(request: HttpRequest) -> HttpResponseBase:
    table = tender_table(timezone.now())(request, Tender.objects.visible_to(request.seat).for_list())
    if table.export:
        return table.export_response()
    may_prepare = request.seat.may(Permission.PREPARE_TENDER)
    return render(request, "tenders/tenders.html", {"table": table, "may_prepare": may_prepare})


@requires(READ)
def tender(request: HttpRequest, reference: str) -> HttpResponse:
    tender, now = _tender(request, reference), timezone.now()
    context = look.tender_context(tender, request.seat, now) | {"changes": changes_of(tender, request.seat, now)}
    if tender.status == Tender.Status.DRAFT and context["prepares"]:
        context |= {"missing": look.checklist(tender, missing(tender, by=request.seat, now=now))}
        context |= second_person_context(tender, request.seat, now)
        return render(request, "tenders/draft.html", context)
    return render(request, "tenders/tender.html", context)


@requires(*look.PEOPLE_READERS)
def people(request: HttpRequest, reference: str) -> HttpResponse:
    tender = _tender(request, reference)
    context = look.people_context(tender, request.seat, timezone.now()) | committee_context(tender, request.seat)
    return render(request, "tenders/people.html", context)


@requires(PUBLISH)
def publish_tender(request: HttpRequest, reference: str) -> HttpResponse:
    tender, now = _own_tender(request, reference), timezone.now()
    if request.method == "POST":
        tender.prepared_at = read_at(request)
        actions.publish_tender(tender=tender, by=request.seat, now=now)
        messages.success(request, _("Published. Suppliers are told, and bids can come until the deadline."))
        return redirect("tenders:tender", reference=reference)
    context = look.publish_context(tender, missing(tender, by=request.seat, now=now))
    context |= {"prepared_last": tender.prepared_by.person_id == request.seat.person_id}
    return render(request, "tenders/publish_tender.html", context | second_person_context(tender, request.seat, now))


@requires(PUBLISH)
def cancel_tender(request: HttpRequest, reference: str) -> HttpResponse:
    tender = _own_tender(request, reference)
    if tender.status == Tender.Status.PUBLISHED:
        return redirect("tenders:propose-cancellation", reference=reference)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: actions.cancel_tender(tender=tender, **form.cleaned_data, by=request.seat, now=timezone.now())
    ):
        messages.success(request, _("The draft is given up."))
        return redirect("tenders:tender", reference=reference)
    return render(request, "tenders/cancel_tender.html", {"form": form} | look.cancel_context(tender))


@public
def notices(request: HttpRequest) -> HttpResponseBase:
    notices = tender_table(timezone.now(), page="tenders:notice")
    table = notices(request, Tender.objects.published().for_list())
    if table.export:
        return table.export_response()
    return render(request, "tenders/notices.html", {"table": table})


@public
def notice(request: HttpRequest, reference: str) -> HttpResponse:
    tender = get_object_or_404(Tender.objects.published().select_related("agency", "region"), reference=reference)
    now = timezone.now()
    context = look.notice_context(tender, now) | {"changes": changes_of(tender, None, now)}
    context |= {"questions_until": questions_end(tender), "clarifications": clarifications_of(tender)}
    return render(request, "tenders/notice.html", context)


@public
def notice_document(request: HttpRequest, reference: str) -> HttpResponse:
    tender = get_object_or_404(Tender.objects.published(), reference=reference)
    return document_response(bytes(tender.notice), f"{tender.reference}-notice")


@public
def former_notice(request: HttpRequest, reference: str, sha256: str) -> HttpResponse:
    notice = get_object_or_404(TenderNotice, tender__reference=reference, sha256=sha256)
    return document_response(bytes(notice.document), f"{reference}-notice-{notice.number}")


def _tender(request: HttpRequest, reference: str) -> Tender:
    related = ("agency", "region", "window", "rule_set", "prepared_by", "published_by__person")
    return get_object_or_404(Tender.objects.visible_to(request.seat).select_related(*related), reference=reference)


def _own_tender(request: HttpRequest, reference: str) -> Tender:
    tenders = Tender.objects.visible_to(request.seat).filter(agency=request.seat.organisation)
    related = ("agency", "region", "window", "rule_set", "prepared_by", "published_by__person")
    return get_object_or_404(tenders.select_related(*related), reference=reference)
