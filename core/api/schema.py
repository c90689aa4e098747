"""The published description of the endpoints, from what they say of themselves."""

import re
from inspect import cleandoc
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from core.api.answers import KEY_HEADER
from core.api.shapes import ErrorSerializer
from core.api.views import Doing, Endpoint, Listing

READ_ERRORS = dict.fromkeys((400, 401, 403, 404, 429), ErrorSerializer)
WRITE_ERRORS = READ_ERRORS | dict.fromkeys((409, 413, 422), ErrorSerializer)
KEY = OpenApiParameter(KEY_HEADER, str, OpenApiParameter.HEADER, required=True, description="8 to 80 characters.")


class EndpointSchema(AutoSchema):
    """Reads ``serializer_class``, ``takes``, ``gives`` and ``status``."""

    def get_description(self) -> str:
        act = type(self.view).act if self._acts else Doing.act
        told = "" if act is Doing.act else act.__doc__
        return cleandoc(told or "") or super().get_description()

    def get_summary(self) -> str:
        """The first sentence."""
        return re.split(r"[.;:](?:\s|$)", self.get_description(), maxsplit=1)[0].replace("\n", " ")

    def get_operation_id(self) -> str:
        """As the endpoint is called in the code; with the method where it has several."""
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(self.view).__name__).lower()
        return name if len(self.view.permissions) == 1 else f"{self.method.lower()}_{name}"

    def get_tags(self) -> list[str]:
        """The area of the room in which the endpoint stands."""
        room, *_api, area = type(self.view).__module__.split(".")
        return [room if area == "api" else area]

    def get_examples(self) -> list[OpenApiExample]:
        example = self.view.example if self._acts else None
        return [OpenApiExample("Sent", value=example, request_only=True)] if example else []

    def get_override_parameters(self) -> list[Any]:
        if self._acts:
            return [KEY]
        asked = self.view.asks if isinstance(self.view, Endpoint) else {}
        return [OpenApiParameter(name, str, description=meaning) for name, meaning in asked.items()]

    def get_request_serializer(self) -> Any:
        return self.view.takes if self._acts else super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        if self._acts:
            return {self.view.status: self.view.gives or self.view.serializer_class, **WRITE_ERRORS}
        if isinstance(self.view, Listing):
            listed: Any = self.view.serializer_class
            return {200: listed(many=True), **READ_ERRORS}
        if isinstance(self.view, Endpoint) and self.view.serializer_class:
            return {200: self.view.serializer_class(many=self.view.many), **READ_ERRORS}
        return super().get_response_serializers()

    @property
    def _acts(self) -> bool:
        """Whether the operation is one by which something is done."""
        return isinstance(self.view, Doing) and self.method in ("POST", "PUT")
