"""What a form sent that could not be taken: the session had ended, another had begun, or a proof had grown old.

Nothing is done then. The answer is a page that says so and holds what was typed, to be sent again once the person has
signed in or confirmed in another tab: nothing of it is stored. Passwords, codes and answers of passkeys are not held.
Only what a page of this site sent comes back, by what the browser says of its origin: another site could else have a
person send, with one press, what the site had written.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from core.skins import SeatedRequest, page_of_the_form

SIGN_IN, PROOF, ANOTHER = (
    "sign_in",
    "proof",
    "another",
)  # what stands in the way; another: the session is not the page's
# Fields that are never written into a page again.
SECRET = frozenset(
    ("password", "old_password", "new_password1", "new_password2", "code", "credential", "csrfmiddlewaretoken")
)
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def came_from_a_form(request: HttpRequest) -> bool:
    """Whether a form of a page of ours sent this, and not a script or another site."""
    if request.method != "POST" or request.content_type not in _FORMS or not request.accepts("text/html"):
        return False
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return url_has_allowed_host_and_scheme(origin, {request.get_host()}, require_https=request.is_secure())


def answer(request: HttpRequest, hindrance: str) -> HttpResponse:
    """The page that holds what was sent."""
    there = reverse("accounts:signed-in")
    ways = {SIGN_IN: reverse("accounts:login"), PROOF: reverse("accounts:confirm")}
    context = {
        "hindrance": hindrance,
        "way": f"{ways[hindrance]}?{urlencode({'next': there})}" if hindrance in ways else "",
        "typed": list(_typed(request)),
        "secret": sorted(SECRET - {"csrfmiddlewaretoken"} & set(request.POST)),
        "files": [file.name for file in request.FILES.values()],
        "back": page_of_the_form(request) or request.get_full_path(),
    }
    response = render(request, "unsent.html", context, status=409)
    add_never_cache_headers(response)
    return response


def csrf_failure(request: SeatedRequest, reason: str = "") -> HttpResponse:
    """Django's view for a form whose token is not this session's: it was made before somebody signed in again."""
    if not came_from_a_form(request):
        return render(request, "csrf.html", status=403)
    return answer(request, ANOTHER if request.seat else SIGN_IN)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the page that asks who is there, and back to an address that can be opened."""
    if came_from_a_form(request):
        return answer(request, SIGN_IN)
    return redirect_to_login(page_of_the_form(request) or request.get_full_path())


def _typed(request: HttpRequest) -> Iterator[tuple[str, Any]]:
    for name, values in request.POST.lists():
        if name not in SECRET:
            yield from ((name, value) for value in values)
