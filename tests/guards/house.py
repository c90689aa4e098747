"""What the guard tests know of the house: its rooms in order, and their files."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

PROJECT = Path(__file__).resolve().parent.parent.parent
PURE = ("sealing", "selection", "checking")
ROOMS = (
    *("core", "accounts", "catalogue", "demand", "tenders", "awards", "contracts", "payments"),
    *("oversight", "procurement"),
)
DOMAIN_ROOMS = ROOMS[:-1]


def modules(*rooms: str) -> Iterator[Path]:
    """The Python files of some rooms (all and the pure packages by default), without migrations."""
    for room in rooms or (*PURE, *ROOMS):
        found = sorted((PROJECT / room).rglob("*.py"))
        assert found, f"no module found in {room}"
        yield from (path for path in found if "migrations" not in path.parts)


def templates() -> list[Path]:
    found = sorted((PROJECT / "templates").rglob("*.html")) + sorted((PROJECT / "templates").rglob("*.txt"))
    assert found
    return found


def models() -> list[type[Model]]:
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in DOMAIN_ROOMS]
    assert found
    return found


@cache
def tree(path: Path) -> ast.Module:
    """What a file says, parsed once for all guards."""
    return ast.parse(path.read_text())


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Every route with its full pattern."""
    return _routes(get_resolver(), "")


def _routes(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        whole = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, whole)
        else:
            yield whole, pattern


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(PROJECT)}:{line}"
