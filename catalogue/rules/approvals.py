"""Numbers that the medicines administration and GS1 give: approvals, registrations, standard code, GTIN.

A number that is absent is left out, never made up: these functions read what is printed and refuse the rest.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from stdnum import ean

from catalogue.rules.codes import CodePart, normalise
from catalogue.rules.wording import CodeError
from catalogue.rules.wording import marked as _


class ItemKind(StrEnum):
    """What the catalogue holds."""

    DRUG = "drug"
    CONSUMABLE = "consumable"
    REAGENT = "reagent"


class Origin(StrEnum):
    """From where a product comes, as its approval number says."""

    DOMESTIC = "domestic"
    IMPORTED = "imported"
    HONG_KONG_MACAO_TAIWAN = "hong_kong_macao_taiwan"


@dataclass(frozen=True, slots=True)
class ApprovalNumber:
    """An approval number in its normal form. ``device_class`` is 1 to 3, and None for a drug."""

    text: str
    kind: ItemKind
    origin: Origin
    device_class: int | None = None


@dataclass(frozen=True, slots=True)
class StandardCode:
    """The 14-digit standard code of a drug (本位码): 86, 9, enterprise, product, check digit."""

    text: str
    enterprise_code: str
    product_code: str


_ORIGINS = {
    "": Origin.DOMESTIC,
    "J": Origin.IMPORTED,
    "C": Origin.HONG_KONG_MACAO_TAIWAN,
    "准": Origin.DOMESTIC,
    "进": Origin.IMPORTED,
    "许": Origin.HONG_KONG_MACAO_TAIWAN,
}

# What the parts of a number mean. Of a drug approved here the first two digits say who granted it: 10 the former
# ministry, 19 and 20 the national authority in that year, any other the province of a number that was converted.
_KINDS = {
    "H": _("chemical drug"),
    "Z": _("traditional Chinese drug"),
    "S": _("biological product"),
    "J": _("imported drug packed here"),
    "B": _("health drug"),
    "T": _("in-vitro agent"),
    "F": _("excipient"),
}
_ORIGIN_WORDS = {
    Origin.DOMESTIC: _("made in mainland China"),
    Origin.IMPORTED: _("made abroad"),
    Origin.HONG_KONG_MACAO_TAIWAN: _("made in Hong Kong, Macao or Taiwan"),
}

# 国药准字, one letter of the kind (H chemical, Z traditional, S biological, J repacked import, B health
# drug, T in-vitro agent, F excipient), from 2020 a second letter for overseas makers, then eight digits. The
# first two are 10 (the former ministry), 19 or 20 (the year), or the province (11 to 65) of old.
_DRUG = re.compile(r"国药准字(?:[HZSBTFJ]|[HZS](?P<abroad>[JC]))(?P<granter>[0-9]{2})[0-9]{6}")
_GRANTERS = range(10, 66)
_IMPORT_LICENCE = re.compile(r"[HZS](?P<region>C?)[0-9]{8}")
# 国 or a province, 械注, 准 domestic, 进 imported or 许 Hong Kong to Taiwan, year, class, category, serial.
_DEVICE = re.compile(r"[\u4e00-\u9fa5]械注(?P<origin>[准进许])[0-9]{4}(?P<device_class>[1-3])[0-9]{6}")
# Devices of class 1 are filed, not registered: 国 or province, often a city, 械备, year, serial, 号.
_DEVICE_FILING = re.compile(r"(?P<number>(?P<place>[\u4e00-\u9fa5]{1,3})械备[0-9]{8})号?")

_NO_GRANTER = _("The digits of an approval number begin with 10 to 65 (year or province), not “%(found)s”.")
_NO_APPROVAL = _("Expected an approval number like 国药准字H20064705 or 国械注准20203130604, found “%(found)s”.")


def parse_approval_number(text: str) -> ApprovalNumber:
    """Read an approval number of a drug, an old import licence, or a registration or filing of a device.

    >>> parse_approval_number("国药准字 Ｈ20064705").text
    '国药准字H20064705'
    """
    number = normalise(text)
    if match := _DRUG.fullmatch(number):
        if int(match["granter"]) not in _GRANTERS:
            raise CodeError(_NO_GRANTER, found=match["granter"])
        origin = Origin.IMPORTED if number[4] == "J" else _ORIGINS[match["abroad"] or ""]
        return ApprovalNumber(number, ItemKind.DRUG, origin)
    if match := _IMPORT_LICENCE.fullmatch(number):
        origin = Origin.HONG_KONG_MACAO_TAIWAN if match["region"] else Origin.IMPORTED
        return ApprovalNumber(number, ItemKind.DRUG, origin)
    if match := _DEVICE.fullmatch(number):
        device_class = int(match["device_class"])
        return ApprovalNumber(number, ItemKind.CONSUMABLE, _ORIGINS[match["origin"]], device_class)
    if match := _DEVICE_FILING.fullmatch(number):
        # Only imported class 1 devices are filed with the national authority.
        origin = Origin.IMPORTED if match["place"] == "国" else Origin.DOMESTIC
        return ApprovalNumber(match["number"], ItemKind.CONSUMABLE, origin, device_class=1)
    raise CodeError(_NO_APPROVAL, found=number)


def parse_standard_code(text: str) -> StandardCode:
    """Read the 14-digit standard code; its last digit is the check digit of GS1 (weights 3 and 1)."""
    code = normalise(text)
    if not re.fullmatch(r"869[0-9]{11}", code):
        raise CodeError(_("A standard code has 14 digits and begins with 869, not “%(found)s”."), found=code)
    _require_check_digit(code)
    return StandardCode(code, enterprise_code=code[3:8], product_code=code[8:13])


def parse_gtin(text: str) -> str:
    """Read a GTIN of 8, 12, 13 or 14 digits and return it with 14, as it stands inside a UDI."""
    code = normalise(text)
    if len(code) not in (8, 12, 13, 14) or not re.fullmatch(r"[0-9]+", code):
        raise CodeError(_("A GTIN has 8, 12, 13 or 14 digits, not “%(found)s”."), found=code)
    _require_check_digit(code)
    return code.zfill(14)


def parts_of_standard_code(text: str) -> tuple[CodePart, ...]:
    """The parts of a standard code; none of what is no standard code, or has another check digit."""
    try:
        code = parse_standard_code(text)
    except CodeError:
        return ()
    return (
        CodePart("country", _("country"), "86", 1, _("China")),
        CodePart("kind", _("kind of code"), "9", 3, _("drug")),
        CodePart("enterprise_code", _("enterprise"), code.enterprise_code, 4),
        CodePart("product_code", _("product"), code.product_code, 9),
        CodePart("check_digit", _("check digit"), code.text[13], 14, _("fits the others")),
    )


def parts_of_approval(text: str) -> tuple[CodePart, ...]:
    """The parts of an approval number or registration; none of what is none."""
    try:
        number = parse_approval_number(text)
    except CodeError:
        return ()
    if number.kind is ItemKind.DRUG:
        return _drug_parts(number)
    return _device_parts(number)


def _drug_parts(number: ApprovalNumber) -> tuple[CodePart, ...]:
    letters = number.text.removeprefix("国药准字")
    head = [CodePart("authority", _("authority"), "国药准字", 1, _("drug approved by the national authority"))]
    first = 5 if len(letters) < len(number.text) else 1
    parts = [*(head if first == 5 else ()), CodePart("kind", _("kind of drug"), letters[0], first, _KINDS[letters[0]])]
    if letters[1].isalpha():
        parts.append(CodePart("origin", _("origin"), letters[1], first + 1, _ORIGIN_WORDS[number.origin]))
    digits = letters.lstrip("HZSJBTFC")
    place = first + len(letters) - len(digits)
    if digits[:2] in ("19", "20"):
        return (
            *parts,
            CodePart("year", _("year"), digits[:4], place),
            CodePart("serial", _("serial number"), digits[4:], place + 4),
        )
    granter = _("former ministry of health") if digits[:2] == "10" else _("province whose number was converted")
    if first == 1:  # of a licence of old nothing is published about the digits but that they are eight
        return (*parts, CodePart("serial", _("serial number"), digits, place))
    return (
        *parts,
        CodePart("granter", _("granted by"), digits[:2], place, granter),
        CodePart("serial", _("serial number"), digits[2:], place + 2),
    )


def _device_parts(number: ApprovalNumber) -> tuple[CodePart, ...]:
    place, mark, rest = re.split("(械注.|械备)", number.text)
    authority = _("national authority") if place == "国" else _("authority of the province or city")
    shapes = (("year", _("year"), 4), ("class", _("class of risk"), 1), ("category", _("category"), 2))
    filed = mark == "械备"
    parts = [
        CodePart("authority", _("authority"), place, 1, authority),
        CodePart("origin", _("registered or filed"), mark, 1 + len(place), _ORIGIN_WORDS[number.origin]),
    ]
    first = 1 + len(place) + len(mark)
    for field, meaning, length in shapes[:1] if filed else shapes:
        parts.append(CodePart(field, meaning, rest[:length], first))
        first, rest = first + length, rest[length:]
    return (*parts, CodePart("serial", _("serial number"), rest, first))


def _require_check_digit(code: str) -> None:
    expected = ean.calc_check_digit(code[:-1])
    if code[-1] != expected:
        raise CodeError(
            _("The check digit of %(code)s should be %(expected)s; probably a digit is mistyped."),
            code=code,
            expected=expected,
        )
