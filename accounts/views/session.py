"""What a page asks before its form is sent: whether it would be taken, now and from here."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.urls import Resolver404, resolve
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import Access, hindrance, public


@public
@never_cache
@require_safe
def session(request: HttpRequest) -> JsonResponse:
    """Who sits at this browser (``seat``, as pages write it), the token of its forms, and what stands in the way of
    sending one to the address ``to``."""
    try:
        access = getattr(resolve(request.GET.get("to", "")).func, "access", Access(public=True))
    except Resolver404:
        access = Access(public=True)
    mark = request.seat.mark if request.seat else ""
    return JsonResponse({"seat": mark, "token": get_token(request), "hindrance": hindrance(request, access)})
