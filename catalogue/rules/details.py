"""What else a row, a page or a program says of an item and of a product: each value read by its name.

All are texts as a file keeps them; a yes or no is one of these words, a day is written year first.
"""

import re
from collections.abc import Callable, Mapping

from catalogue.rules.approvals import parse_gtin
from catalogue.rules.barcodes import is_barcode, read_barcode
from catalogue.rules.cells import Cells, read_count, read_date
from catalogue.rules.codes import normalise
from catalogue.rules.wording import CodeError
from catalogue.rules.wording import marked as _

# By name the Chinese heading under which it is accepted too.
ITEM_HEADINGS = {
    "name_en": "英文名",
    "atc_code": "ATC代码",
    "population": "适用人群",
    "category_code": "分类代码",
    "category": "分类名称",
    "generic_class": "通用分类",
    "material": "材质",
    "feature": "特征",
}
PRODUCT_HEADINGS = {
    "quality_level": "质量层次",
    "quality_standard": "质量标准",
    "container": "包装材质",
    "storage": "贮藏条件",
    "shelf_life_months": "有效期(月)",
    "specification": "产品规格",
    "model": "型号",
    "registration_expires_on": "注册证有效期至",
    "udi_di": "UDI-DI",
    "high_value": "高值耗材",
}
LENGTHS = {
    **dict.fromkeys(("name_en", "category", "feature", "specification", "model"), 300),
    **dict.fromkeys(("generic_class", "material", "quality_standard"), 200),
    "container": 100,
    "udi_di": 40,
}
LONGEST_SHELF_LIFE = 600
_WORDS = {
    "population": {"成人": "adult", "儿童": "child", "成人和儿童": "any", "通用": "any"},
    "quality_level": {
        "原研药": "originator",
        "参比制剂": "originator",
        "通过一致性评价": "consistent",
        "过评": "consistent",
        "其他": "other",
    },
    "storage": {"常温": "normal", "阴凉": "cool", "冷藏": "cold", "冷冻": "frozen"},
    "high_value": {"是": "yes", "否": "no"},
}
# Seven characters in five levels: A, 10, B, A, 02; a code may end after any level.
_ATC = re.compile(r"[A-Z](?:[0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?)?")
_CATEGORY = re.compile(r"(?:[0-9]{2}){1,3}")


def read_detail(name: str, text: str) -> str:
    """The value of a detail as it is kept. CodeError where it is none."""
    parse = _PARSERS.get(name)
    return parse(text) if parse else text


def read_details(cells: Cells, headings: Mapping[str, str]) -> dict[str, str]:
    """The details that a row states; a blank cell states nothing."""
    said = {name: cells.read(name, lambda text, name=name: read_detail(name, text)) for name in headings}  # type: ignore[misc]  # a name bound early
    for name in headings:
        cells.text(name)
    return {name: value for name, value in said.items() if value}


def _atc(text: str) -> str:
    code = normalise(text)
    if not _ATC.fullmatch(code):
        raise CodeError(_("Expected an ATC code such as C08CA01, found “%(found)s”."), found=code)
    return code


def _category(text: str) -> str:
    code = normalise(text)
    if not _CATEGORY.fullmatch(code):
        raise CodeError(_("Expected two, four or six digits, found “%(found)s”."), found=code)
    return code


def _udi(text: str) -> str:
    if is_barcode(text):
        return read_barcode(text).gtin
    code = normalise(text)
    return parse_gtin(code) if code.isdigit() and len(code) <= 14 else code


def _one_of(name: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        value = _WORDS[name].get(text, text.lower())
        if value not in _WORDS[name].values():
            words = ", ".join(dict.fromkeys(_WORDS[name].values()))
            raise CodeError(_("Expected one of: %(words)s."), words=words)
        return value

    return read


_PARSERS: dict[str, Callable[[str], str]] = {
    "atc_code": _atc,
    "category_code": _category,
    "udi_di": _udi,
    "shelf_life_months": lambda text: str(read_count(text, LONGEST_SHELF_LIFE)),
    "registration_expires_on": lambda text: read_date(text).isoformat(),
    **{name: _one_of(name) for name in _WORDS},
}
