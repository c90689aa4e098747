"""What endpoints are made of: lists page by page, things as they are now, acts.

class ConfirmOrder(OfAnOrder):                     # which loads the order through ``visible_to``, and answers with it
    \"\"\"Promise all packs, or some of each line; the rest is released.\"\"\"

    permissions = {"POST": (Permission.CONFIRM_ORDER,)}
    takes = ConfirmOrderSerializer

    def act(self, order, asked):
        return actions.confirm_order(order=order, packs=asked.packs, **self.by)

Who may is settled before anything is loaded, what a seat cannot see is missing before what was sent is read, and what
was sent is whole before anything is done.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer, Serializer
from rest_framework.views import APIView

from core.api.answers import KEY_HEADER, answer_once
from core.api.sending import packed, told_when_changed
from core.api.shapes import NothingSerializer
from core.paging import CURSOR
from core.parsing import refuse_unfit

Given = TypeVar("Given", bound=BaseSerializer)


class Endpoint(APIView):
    """``permissions`` names for each method the permissions of which a seat needs one; ``fresh`` the methods that ask
    a session for a fresh proof of who is there."""

    permissions: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    fresh: ClassVar[tuple[str, ...]] = ()
    asks: ClassVar[Mapping[str, str]] = {}  # what may stand in the query of the address, and what it means
    slow: ClassVar[bool] = False  # it changes seldom: told with an ETag, and not again to who has it as it is
    serializer_class: ClassVar[type[Serializer] | None] = None  # the shape of what is told
    many: ClassVar[bool] = False  # several of them

    @classmethod
    def as_view(cls, **given: Any) -> Any:
        view = super().as_view(**given)
        return packed(told_when_changed(view) if cls.slow else view)

    @property
    def seat(self) -> Any:
        """The seat that the request acts for."""
        return self.request._request.seat

    @property
    def by(self) -> dict[str, Any]:
        """Who acts and when, as every action takes it."""
        return {"by": self.seat, "now": timezone.now()}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Nothing of an address is ignored: a parameter that is misspelt would answer everything."""
        super().initial(request, *args, **kwargs)
        known = self.parameters() if request.method == "GET" else set()
        asked = request.query_params
        wrong = {
            name: [ErrorDetail("This parameter is not known, or is given twice.", code="unknown")]
            for name, values in asked.lists()
            if name not in known or len(values) > 1
        }
        if wrong:
            raise ValidationError(wrong)

    def parameters(self) -> set[str]:
        """What may stand in the query of the address."""
        return set(self.asks)

    def given(self, kind: type[Given]) -> Given:
        """What was sent, checked. ValidationError with its faults otherwise."""
        refuse_unfit(self.request.data)
        serializer = kind(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return serializer

    def one(self, rows: QuerySet, **where: Any) -> Any:
        """The one row, among those that the seat may see; else 404."""
        return get_object_or_404(rows, **where)

    def load(self, **where: Any) -> Any:
        """The thing at the address, among those that the seat may see; else 404."""
        return None

    def context(self) -> dict[str, Any]:
        """What shapes need to know besides the thing."""
        return {}

    def shape(self, found: Any) -> Any:
        """How a thing is told."""
        assert self.serializer_class is not None
        return self.serializer_class(found, many=self.many, context=self.context()).data


class Listing(Endpoint, ListAPIView):
    """GET: the ``rows`` that the seat may see, page by page."""

    model: ClassVar[type[Model]]

    def rows(self) -> QuerySet:
        raise NotImplementedError

    def parameters(self) -> set[str]:
        """The cursor, and whatever narrows the list."""
        narrowing = getattr(getattr(self, "filterset_class", None), "base_filters", ())
        return {*self.asks, CURSOR, *narrowing, *getattr(self, "filterset_fields", ())}

    def get_serializer_context(self) -> dict[str, Any]:
        described = getattr(self, "swagger_fake_view", False)
        return super().get_serializer_context() | ({} if described else self.context())

    def get_queryset(self) -> QuerySet:
        return self.model._default_manager.none() if getattr(self, "swagger_fake_view", False) else self.rows()


class Reading(Endpoint):
    """GET: the thing at the address as it is now."""

    def get(self, request: Request, **where: Any) -> Response:
        return Response(self.shape(self.load(**where)))


class Doing(Endpoint):
    """Load the thing, read what was sent as ``takes``, act, and answer in the shape ``gives``.

    A program's request carries an idempotency key: it has one effect, and the same answer however often it is sent.
    The script of a page, which acts in a session, need not send one.
    """

    takes: ClassVar[type[Serializer]] = NothingSerializer
    example: ClassVar[Mapping[str, Any] | None] = None  # of what is sent
    gives: ClassVar[type[Serializer] | None] = None  # as what is read, unless it says so
    status: ClassVar[int] = 200

    def act(self, thing: Any, asked: Any) -> Any:
        """Do it; what comes back is told."""
        raise NotImplementedError

    def tell(self, done: Any) -> Any:
        """How what was done is told."""
        return self.gives(done, context=self.context()).data if self.gives else self.shape(done)

    def do(self, **where: Any) -> Response:
        if self.request.auth is None and KEY_HEADER not in self.request.headers:
            status, told = self.done(where)
            return Response(told, status=status)
        return answer_once(self.request, lambda: self.done(where))

    def done(self, where: Mapping[str, Any]) -> tuple[int, Any]:
        """Load, read, act. The thing is loaded when it is acted on: a repeated reversal finds none, and needs none."""
        thing = self.load(**where)
        asked = self.given(self.takes)
        return self.status, self.tell(self.act(thing, asked))


class Act(Doing):
    """POST: an act."""

    def post(self, request: Request, **where: Any) -> Response:
        return self.do(**where)


class Setting(Doing):
    """PUT: something is set whole; sent again, it is set again."""

    def put(self, request: Request, **where: Any) -> Response:
        return self.do(**where)
