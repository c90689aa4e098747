"""Numbers that the medicines administration and GS1 give: approvals, registrations, standard code, GTIN.

A number that is absent is left out, never made up: these functions read what is printed and refuse the rest.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from stdnum import ean

from catalogue.rules.codes import normalise
from catalogue.rules.wording import CodeError
from catalogue.rules.wording import marked as _


class ItemKind(StrEnum):
    """The two halves of the catalogue."""

    DRUG = "drug"
    CONSUMABLE = "consumable"


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


def _require_check_digit(code: str) -> None:
    expected = ean.calc_check_digit(code[:-1])
    if code[-1] != expected:
        raise CodeError(
            _("The check digit of %(code)s should be %(expected)s; probably a digit is mistyped."),
            code=code,
            expected=expected,
        )
