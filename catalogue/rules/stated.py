"""Quantities as people state them in columns and fields, beside what the printed strength says by itself."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from catalogue.rules.contents import (
    MATERIALS,
    NOT_SAID,
    Contents,
    Usage,
    read_contents,
    read_dose,
    read_part,
    read_pieces,
    read_quantity,
)
from catalogue.rules.identity import fold
from catalogue.rules.wording import CodeError
from catalogue.rules.wording import marked as _

# By name the Chinese heading under which a column of a file is accepted too.
QUANTITY_HEADINGS = {
    "strengths": "活性成分",
    "pieces": "每瓶粒数",
    "dose": "单次剂量",
    "daily_dose": "日剂量",
    "units_a_day": "每日用量",
    "sugar_free": "无糖",
    "container_material": "输液容器材质",
}
_YES = {"yes": True, "是": True, "no": False, "否": False}
_MATERIALS = {"玻璃瓶": "glass", "玻璃": "glass", "塑料瓶": "plastic", "塑料": "plastic", "软袋": "soft_bag"}


class StatedError(CodeError):
    """What is stated of one field is no quantity; ``field`` is its name."""

    def __init__(self, field: str, error: CodeError) -> None:
        super().__init__(error.sentence, **error.values)
        self.field = field


def stated_contents(printed: str, fill: str, said: Mapping[str, str], held: Contents = NOT_SAID) -> Contents:
    """The quantities of an item whose printed strength is ``printed``.

    ``said`` are texts by the names of ``QUANTITY_HEADINGS``. What is not among them stays as it was ``held``, an empty
    one is taken away: of the strengths, so that the printed text is read. StatedError names the field that is wrong.
    """
    read = _of("fill", fill, lambda text: read_contents(printed, text), empty=True)
    parts = read.parts
    if fold(said.get("strengths", "")):
        parts = tuple(_of("strengths", line, read_part) for line in _lines(said["strengths"]))
    count = _of("pieces", said["pieces"], read_pieces) if "pieces" in said else held.count
    return Contents(parts, read.fill, count, _usage(said, held.use))


def _usage(said: Mapping[str, str], held: Usage) -> Usage:
    found: dict[str, Any] = {}
    for name in ("dose", "daily_dose"):
        if name in said:
            found[name] = _of(name, said[name], read_quantity)
    if "units_a_day" in said:
        found["units_a_day"] = _of("units_a_day", said["units_a_day"], read_dose)
    if "sugar_free" in said:
        found["sugar_free"] = bool(_of("sugar_free", said["sugar_free"], _yes))
    if "container_material" in said:
        found["material"] = _of("container_material", said["container_material"], _material) or ""
    return replace(held, **found)


def _lines(text: str) -> list[str]:
    return [line for line in text.replace("+", "\n").replace("；", "\n").splitlines() if fold(line)]


def _of(field: str, text: str, parse: Any, *, empty: bool = False) -> Any:
    if not fold(text) and not empty:
        return None
    try:
        return parse(text)
    except CodeError as error:
        raise StatedError(field, error) from None


def _yes(text: str) -> bool:
    if text.strip().lower() not in _YES:
        raise CodeError(_("Expected one of: %(words)s."), words="yes, no")
    return _YES[text.strip().lower()]


def _material(text: str) -> str:
    word = _MATERIALS.get(text.strip(), text.strip().lower())
    if word not in MATERIALS:
        raise CodeError(_("Expected one of: %(words)s."), words=", ".join(MATERIALS))
    return word
