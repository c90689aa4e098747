"""What the demo's catalogue is made of, in the language that the demo speaks: published products, and common medicines
whose makers are made up, so that there is something to search, filter and page through."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

PUBLISHED = Path(settings.BASE_DIR) / "catalogue" / "data"
OWN = Path(__file__).parent / "data"
IMPORTED = (
    PUBLISHED / "vbp_2018.csv",
    PUBLISHED / "stents_2020.csv",
    OWN / "joints_2021.csv",
    OWN / "joint_parts.csv",
)
MAKERS_OF_AN_ITEM = 2
ITEM, PACK = ("kind", "item_name", "strength", "form", "base_unit"), ("maker", "pack_size", "pack_unit", "source")


def fact(words: str) -> str:
    """A published name in the demo's language; as it was published where it has no other."""
    return _names(_column()).get(words, words)


def rows(path: Path) -> list[dict[str, str]]:
    """A file of facts, every cell in the demo's language."""
    return [{name: fact(cell) for name, cell in row.items()} for row in _read(path)]


def files(medicines: int) -> Iterator[tuple[str, bytes]]:
    """All that is imported into the demo's catalogue by file name, with so many common medicines at most."""
    for path in IMPORTED:
        yield path.name, _written(rows(path))
    yield "common.csv", _written(common(medicines))


def common(most: int) -> Iterator[dict[str, str]]:
    """Each common medicine as it is usually marketed, by some made-up makers in the packs of its form."""
    forms = {form["code"]: form for form in _read(OWN / "forms.csv")}
    makers = [maker[_column()] for maker in _read(OWN / "makers.csv")]
    made = 0
    for generic in _read(OWN / "generics.csv")[:most]:
        for marketed in generic["marketed"].split("; "):
            code, *strengths = marketed.split()
            for strength in map(fact, strengths):
                item = _item(forms[code], generic[_column()], strength)
                for maker in (makers[(made * 5 + other * 7) % len(makers)] for other in range(MAKERS_OF_AN_ITEM)):
                    yield from (item | pack for pack in _packs(forms[code], maker))
                made += 1


def _item(form: Mapping[str, str], name: str, strength: str) -> dict[str, str]:
    language = _column()
    full = form[f"name_{language}"].format(name)
    said = form["kind"], full, strength, form[f"form_{language}"], form[f"unit_{language}"]
    return dict(zip(ITEM, said, strict=True))


def _packs(form: Mapping[str, str], maker: str) -> Iterator[dict[str, str]]:
    source = _("Common name and usual strength; maker and pack made up (memory, unverified)")
    for size in form["packs"].split():
        yield dict(zip(PACK, (maker, size, form[f"pack_{_column()}"], source), strict=True))


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _written(found: Iterable[Mapping[str, str]]) -> bytes:
    """Rows as the catalogue's import reads them."""
    first, *others = found
    text = io.StringIO()
    writer = csv.DictWriter(text, first.keys())
    writer.writeheader()
    writer.writerows([first, *others])
    return text.getvalue().encode()


def _column() -> str:
    return "zh" if get_language() == "zh-hans" else "en"


@cache
def _names(language: str) -> dict[str, str]:
    return {name: row[language] for row in _read(OWN / "names.csv") for name in (row["zh"], row["en"])}
