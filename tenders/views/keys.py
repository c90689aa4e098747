"""Pages on which an opener makes, proves, uses and destroys a key. All of it happens in the browser: the pages only
give it the words and the addresses, and the endpoints of ``tenders.api.keys`` take what it has signed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import public, requires
from accounts.permissions import Permission
from core.skins import attempt
from tenders import program
from tenders.actions import keys as actions
from tenders.forms.keys import LoseKeyForm
from tenders.models import Opener, Tender
from tenders.presentation import keys as look

OPEN = Permission.OPEN_ENVELOPES


@requires(OPEN)
@require_safe
@never_cache
def make_key(request: HttpRequest, reference: str) -> HttpResponse:
    return render(request, "tenders/make_key.html", look.making(_own_place(request, reference), timezone.now()))


@requires(OPEN)
@require_safe
@never_cache
def prove_key(request: HttpRequest, reference: str) -> HttpResponse:
    return render(request, "tenders/prove_key.html", look.proving(_own_place(request, reference), timezone.now()))


@requires(OPEN, fresh=True)
@require_safe
@never_cache
def release_shares(request: HttpRequest, reference: str) -> HttpResponse:
    return render(request, "tenders/release_shares.html", look.releasing(_own_place(request, reference)))


@requires(OPEN, fresh=True)
def lose_key(request: HttpRequest, reference: str) -> HttpResponse:
    opener, form = _own_place(request, reference), LoseKeyForm(request.POST or None)
    if request.method == "POST" and attempt(
        form,
        lambda: actions.declare_key_lost(opener=opener, **form.cleaned_data, by=request.seat, now=timezone.now()),
    ):
        messages.success(request, _("Declared. The officers are told."))
        return redirect("tenders:make-key", reference=reference)
    return render(request, "tenders/lose_key.html", {"form": form, "tender": opener.tender, "opener": opener})


@requires(OPEN)
@require_safe
@never_cache
def destroy_key(request: HttpRequest, reference: str) -> HttpResponse:
    return render(request, "tenders/destroy_key.html", look.destroying(_own_place(request, reference)))


@public
@require_safe
def opener_desk(request: HttpRequest) -> HttpResponse:
    desk = program.opener_desk(get_language() or "en")
    response = HttpResponse(desk.content, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="opener-desk.html"'
    return response


def _own_place(request: HttpRequest, reference: str) -> Opener:
    tender = get_object_or_404(Tender.objects.visible_to(request.seat).select_related("agency"), reference=reference)
    current = tender.openers.filter(replaced_at=None).select_related("tender", "seat__person", "seat__organisation")
    return get_object_or_404(current, seat=request.seat)
