"""What a row of the national release of consumable codes says.

The healthcare security administration publishes all codes in one list, 14.7 million rows in 2026: the code that was,
its status, the code that is, the kind of change (保留, 新增, 变更, 映射), the code of 20 characters, three levels of
classes, generic class, material, feature, registration, product, maker, specification and model. A code says itself
which class, generic name and maker it is of; the words beside it are kept and hold no rule.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from catalogue.rules.cells import RowError, printed
from catalogue.rules.codes import normalise
from catalogue.rules.identity import fold
from catalogue.rules.wording import CodeError
from catalogue.rules.wording import marked as _
from core.written import match_headings, says_nothing

# Each column with the headings under which it has been published.
RELEASE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "udi": ("产品标识", "UDI-DI", "最小销售单元产品标识"),
    "old_code": ("原27位编码", "原27位医用耗材编码", "原医保编码", "原编码", "旧编码"),
    "old_status": ("原27位编码状态", "原编码状态", "原状态", "旧编码状态"),
    "code": ("27位编码", "27位医用耗材编码", "医保27位编码", "新27位编码", "医保编码"),
    "change": ("变更类型", "变更方式", "变动类型", "映射类型"),
    "code20": ("20位编码", "20位医用耗材编码", "医保20位编码"),
    "class_1": ("一级分类", "一级目录"),
    "class_2": ("二级分类", "二级目录"),
    "class_3": ("三级分类", "三级目录"),
    "generic_class": ("医保通用名分类", "通用名分类"),
    "generic_name": ("医保通用名名称", "医保通用名", "通用名名称", "通用名"),
    "material": ("材质", "耗材材质"),
    "feature": ("特征", "规格特征", "产品特征"),
    "registration": ("注册备案号", "注册备案证号", "注册证号", "注册/备案号"),
    "product": ("产品名称", "单件产品名称", "注册备案产品名称"),
    "maker": ("耗材企业", "生产企业", "企业名称", "注册备案人"),
    "specification": ("规格",),
    "model": ("型号",),
}
REQUIRED = ("code", "generic_class", "maker")
_PLACES = {name: place for place, name in enumerate(RELEASE_COLUMNS)}
# As many characters as the catalogue keeps.
_LENGTHS = {
    "udi": 40,
    "generic_class": 200,
    "generic_name": 300,
    "material": 200,
    "feature": 300,
    "registration": 60,
    "product": 200,
    "maker": 200,
    "specification": 300,
    "model": 300,
}
_LIMITED = [(_PLACES[name], name, limit) for name, limit in _LENGTHS.items()]
_STRENGTH = 200
_CATEGORY = 300
_CODE = re.compile(r"C[0-9]{19}(?:[0-9]{7})?")
_CLASS = re.compile(r"C[0-9]{0,18}")
_OUT_OF_USE = frozenset({"停用", "作废", "失效", "禁用", "注销", "废止", "disabled"})
_NOTHING = frozenset({"", "-", "--", "—", "——", "/", "无", "\\N", "NULL", "null"})
_fold = lru_cache(maxsize=50_000)(fold)
_words = lru_cache(maxsize=20_000)(" / ".join)


class ReleaseLine(NamedTuple):
    """A sound row, in the terms of the catalogue: an item, a product of it by its code, and what its code was.

    ``code`` is empty where a row only says that its old code is out of use. ``old_code`` is empty where it is the same.
    """

    code: str
    old_code: str
    code_prefix: str
    category_code: str
    category: str
    name: str
    name_key: str
    strength: str
    strength_key: str
    generic_class: str
    material: str
    feature: str
    maker: str
    maker_name_key: str
    maker_code: str
    brand: str
    approval_number: str
    specification: str
    model: str
    udi_di: str


def release_columns(headings: Sequence[str]) -> dict[str, int]:
    """Where each column of a release stands among the headings of a table."""
    found = match_headings(headings, RELEASE_COLUMNS).columns
    return {name: headings.index(heading) for name, heading in found.items()}


def missing_columns(columns: Mapping[str, int]) -> list[str]:
    """The Chinese headings of the columns without which a table is no release."""
    return [RELEASE_COLUMNS[name][0] for name in REQUIRED if name not in columns]


def read_classes(text: str) -> tuple[str, ...]:
    """Beginnings of codes that a person typed, with blanks, commas or lines between: C0201, 03 means C03.

    CodeError for what is none. A beginning that another one holds already is left out.
    """
    asked = set()
    for word in re.split(r"[\s,;，；、]+", text.strip()) if text.strip() else ():
        plain = normalise(word)
        prefix = plain if plain.startswith("C") else f"C{plain}"
        if not _CLASS.fullmatch(prefix):
            raise CodeError(_("“%(word)s” is no beginning of a code: expected C and digits."), word=word[:40])
        asked.add(prefix)
    return tuple(sorted(one for one in asked if not any(one != other and one.startswith(other) for other in asked)))


def read_release_row(cells: Sequence[str]) -> ReleaseLine | list[RowError]:
    """What one row says, or all its faults; ``cells`` in the order of ``RELEASE_COLUMNS``."""
    said = ["" if cell in _NOTHING or says_nothing(cell) else printed(cell) for cell in cells]
    udi, old_code, old_status, code, change, code20, class_1, class_2, class_3, generic_class, generic_name = said[:11]
    material, feature, registration, product, maker, specification, model = said[11:]
    faults = [
        RowError(name, _("At most %(limit)s characters, not %(length)s."), said[place][:200], _over(limit, said[place]))
        for place, name, limit in _LIMITED
        if len(said[place]) > limit
    ]
    code, old_code, code20 = _plain(code), _plain(old_code), _plain(code20)
    for name, one in (("code", code), ("old_code", old_code), ("code20", code20)):
        if one and not _CODE.fullmatch(one):
            faults.append(RowError(name, _("A code of consumables is C and 19 or 26 digits."), one[:40]))
    if code and code20 and code[:20] != code20[:20]:
        faults.append(RowError("code20", _("The code says “%(expected)s” here."), code20, {"expected": code[:20]}))
    ends = not code and (old_status in _OUT_OF_USE or change in _OUT_OF_USE)
    code = "" if ends else code or code20
    if not code and not (ends and old_code):
        faults.append(RowError("code", _("The national code is missing.")))
    name = generic_name or generic_class or product
    if code and not name:
        faults.append(RowError("generic_class", _("The generic class is missing.")))
    strength = f"{material} {feature}".strip()
    if len(strength) > _STRENGTH:
        values: dict[str, str | int] = {"limit": _STRENGTH, "length": len(strength)}
        faults.append(RowError("feature", _("Material and feature: at most %(limit)s characters."), feature, values))
    if faults:
        return faults
    category = _words(tuple(filter(None, (class_1, class_2, class_3))))[:_CATEGORY]
    of = code or old_code
    return ReleaseLine(
        code,
        "" if old_code == code else old_code,
        of[:10],
        of[1:7],
        category,
        name,
        _fold(name),
        strength,
        _fold(strength),
        generic_class,
        material,
        feature,
        maker,
        _fold(maker),
        of[15:20],
        product,
        registration,
        specification,
        model,
        udi,
    )


def _plain(code: str) -> str:
    return code if code.isascii() and code.isalnum() and code.isupper() else normalise(code)


def _over(limit: int, text: str) -> dict[str, str | int]:
    return {"limit": limit, "length": len(text)}
