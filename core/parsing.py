"""What a program may send: so many bytes, so deep, and no character that a table cannot hold or a reader cannot see."""

import json
import re
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException, ErrorDetail, ParseError, ValidationError
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.utils.json import strict_constant

from core.skins import API, Answering
from core.unseen import REFUSED, UNSEEN

DEEPEST = 16  # objects and lists within each other
# NUL and what nobody types. An address may have tabs and lines; half a surrogate pair is no character.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
FNC1 = "\x1d"  # what scanners send between the parts of a barcode; every field but that of a search refuses it


class TooLarge(APIException):
    """More than the platform takes at once."""

    status_code = 413
    default_code = "too_large"
    default_detail = gettext_lazy("This is too large. Send at most 2.5 MB at once.")


class TooDeep(ParseError):
    default_code = "too_deep"
    default_detail = gettext_lazy("Objects and lists lie within each other too deep.")


class JsonParser(BaseParser):
    """JSON of a size and depth that costs nothing to refuse. No more is read than ``most`` bytes and one. It is in
    UTF-8, and no name stands twice in an object: what another program reads of it is what we read.

    Not one of the framework's own parsers: these are handed the whole body, and only if Django would hold it.
    """

    media_type = JSONParser.media_type

    too_large = TooLarge.default_detail

    @property
    def most(self) -> int:
        return settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        content = stream.read(self.most + 1)
        if len(content) > self.most:
            raise TooLarge(self.too_large)
        try:
            return json.loads(content.decode(), object_pairs_hook=_each_once, parse_constant=strict_constant)
        except ValueError as error:
            raise ParseError(_("This is not JSON in UTF-8: %(why)s") % {"why": error}) from None
        except RecursionError:
            raise TooDeep() from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, if each of its names stands in it once."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ParseError(_("An object has two fields of one name."))
    return found


def refuse_unfit(sent: Any) -> None:
    """Raise TooDeep, or ValidationError for a text with a sign that nobody sees, at the field it is in."""
    if isinstance(sent, QueryDict):
        sent = {name: values if len(values) > 1 else values[0] for name, values in sent.lists()}
    level: list[tuple[tuple[Any, ...], Any]] = [((), sent)]
    for _depth in range(DEEPEST + 1):
        below: list[tuple[tuple[Any, ...], Any]] = []
        for path, one in level:
            if isinstance(one, str) and UNSEEN.search(one):
                raise _unseen_at(path)
            if isinstance(one, dict):
                below += [(path, name) for name in one]
                below += [((*path, name), value) for name, value in one.items()]
            elif not isinstance(one, str | bytes) and hasattr(one, "__iter__") and not hasattr(one, "read"):
                below += [((*path, place), value) for place, value in enumerate(one)]
        if not below:
            return
        level = below
    raise TooDeep()


def _unseen_at(path: tuple[Any, ...]) -> ValidationError:
    fault: Any = [ErrorDetail(str(REFUSED), code="control_character")]
    for part in reversed(path):
        fault = {part: fault}
    return ValidationError(fault)


class AddressMiddleware:
    """Refuses an address with control characters before anything looks for what it names."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        unfit = _CONTROL if request.path.startswith(API) else _UNFIT
        asked = ((name, *(text.replace(FNC1, "") for text in values)) for name, values in request.GET.lists())
        if _CONTROL.search(request.path) or any(unfit.search(text) for texts in asked for text in texts):
            raise BadRequest("control character in an address")
        return self.get_response(request)
