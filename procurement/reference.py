"""The published description of the API as a page that people read: operations by area, and the shapes they name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from json import dumps
from typing import Any

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer

# What each kind of answer is written by; YAML for whoever says nothing.
WRITERS = {
    "application/vnd.oai.openapi": OpenApiYamlRenderer,
    "application/yaml": OpenApiYamlRenderer,
    "application/vnd.oai.openapi+json": OpenApiJsonRenderer,
    "application/json": OpenApiJsonRenderer,
}


@dataclass(frozen=True)
class Value:
    """What a value is: in words, and the shape that says more."""

    words: str
    shape: str = ""


@dataclass(frozen=True)
class Field:
    name: str
    kind: Value
    required: bool
    meaning: str


@dataclass(frozen=True)
class Operation:
    """One thing that a program may ask for; ``sent`` and ``told`` are shapes, ``example`` is what may be sent."""

    name: str
    area: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Field]
    sent: Value | None
    told: list[tuple[str, Value]]
    example: str


@dataclass(frozen=True)
class Shape:
    name: str
    description: str
    fields: list[Field]
    values: list[str]


@cache
def _schema() -> dict[str, Any]:
    """The description as data: in English, whoever asks first, and made once, because that takes a second."""
    with translation.override("en"):
        return SchemaGenerator().get_schema(request=None, public=True)


@cache
def description(kind: str) -> bytes:
    """The description as OpenAPI 3 in a kind of ``WRITERS``."""
    return WRITERS[kind]().render(_schema(), renderer_context={})


@cache
def areas() -> list[tuple[str, list[Operation]]]:
    """Every operation, by area and address."""
    found = sorted(_operations(), key=lambda operation: (operation.area, operation.path, operation.method))
    return [(area, list(operations)) for area, operations in groupby(found, key=lambda operation: operation.area)]


@cache
def shapes() -> list[Shape]:
    """Every shape that operations name."""
    return [_shape(name, shape) for name, shape in sorted(_schema()["components"]["schemas"].items())]


def _operations() -> Iterator[Operation]:
    for path, methods in _schema()["paths"].items():
        for method, said in methods.items():
            yield _operation(path, method, said)


def _operation(path: str, method: str, said: Mapping[str, Any]) -> Operation:
    body = _content(said.get("requestBody", {}))
    examples = [example["value"] for example in body.get("examples", {}).values()]
    parameters = [
        Field(one["name"], _value(one["schema"]), one.get("required", False), one.get("description", ""))
        for one in said.get("parameters", ())
    ]
    told = [
        (status, _value(_content(answer).get("schema", {}))) for status, answer in sorted(said["responses"].items())
    ]
    return Operation(
        name=said["operationId"],
        area=said["tags"][0].replace("_", " "),
        method=method.upper(),
        path=path,
        summary=said.get("summary", ""),
        description=said.get("description", ""),
        parameters=parameters,
        sent=_value(body["schema"]) if "schema" in body else None,
        told=told,
        example=dumps(examples[0], indent=2, ensure_ascii=False) if examples else "",
    )


def _content(said: Mapping[str, Any]) -> dict[str, Any]:
    return next(iter(said.get("content", {}).values()), {})


def _shape(name: str, shape: Mapping[str, Any]) -> Shape:
    required = shape.get("required", ())
    fields = [
        Field(field, _value(said), field in required, said.get("description", ""))
        for field, said in shape.get("properties", {}).items()
    ]
    return Shape(name, shape.get("description", ""), fields, [str(value) for value in shape.get("enum", ())])


def _value(said: Mapping[str, Any]) -> Value:
    """In words: the type with its format and limits; a list of what; the shape that it is."""
    if "$ref" in said:
        return Value("", said["$ref"].rpartition("/")[2])
    several = [_value(one) for one in (*said.get("allOf", ()), *said.get("oneOf", ()))]
    if several:
        named = next((one for one in several if one.shape), several[0])
        return Value("or null" if said.get("nullable") else "", named.shape) if named.shape else named
    if said.get("type") == "array":
        of = _value(said.get("items", {}))
        return Value(f"list of {of.words}".strip(), of.shape)
    if "results" in said.get("properties", {}):
        of = _value(said["properties"]["results"])
        return Value("page: next, results as a list of", of.shape)
    limits = [f"{word} {said[key]}" for key, word in _LIMITS.items() if key in said]
    words = [said.get("type", "nothing"), *([said["format"]] if "format" in said else ()), *limits]
    return Value(", ".join([*words, *(["or null"] if said.get("nullable") else ())]))


_LIMITS = {"maxLength": "at most characters:", "minimum": "from", "maximum": "to", "maxItems": "at most entries:"}
