"""How answers go out with few bytes: an ETag for what changes seldom, and packed for programs alone."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.http import conditional_page


class PackingMiddleware(GZipMiddleware):
    """Packs what was asked for with a token, and nothing that was asked for in a session.

    The length of a packed answer tells of a secret in it to whoever can put a guess beside it and watch the line. A
    page of another site can make a browser ask with its session; a token, which no browser adds by itself, it lacks.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return super().process_response(request, response) if "Authorization" in request.headers else response


packed = decorator_from_middleware(PackingMiddleware)


def told_when_changed(view: Any) -> Any:
    """Answer 304 to who has the answer as it is. It is of one seat in one language, and nobody's cache gives it to
    others."""

    def own(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ("Authorization", "Cookie", "Accept-Language"))
        return response

    own.__dict__.update(view.__dict__)
    return conditional_page(own)
