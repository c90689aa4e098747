"""GS1 barcodes, as packs of medicines and the unique device identification (UDI) of consumables carry them.

A UDI is a device identifier (UDI-DI), in the form of GS1 a GTIN with 14 digits, and production identifiers: batch,
days of production and expiry, serial number. They come as a scanner sends them, with its mark in front and the
separator (FNC1, sent as the control character 29, shown as ␝ or <GS>) between parts of no fixed length, or as they
are printed below the bars: ``(01)06901234567892(17)270131(10)1A2B3C``. Identifiers of other issuers (MA, AHM) are no
GS1 barcodes.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from biip import ParseConfig, ParseError
from biip.gs1_messages import GS1Message
from biip.gtin import Gtin

from catalogue.rules.approvals import parse_gtin
from catalogue.rules.codes import CodePart
from catalogue.rules.wording import CodeError
from catalogue.rules.wording import marked as _

_SEPARATOR = "\x1d"
_SEPARATOR_SHOWN = re.compile("\u241d|<GS>|\\{GS\\}")
_SCANNER_MARKS = re.compile(r"\A\](?:C1|d2|e0|Q3|J1)")
# A day in a barcode is six digits; where the day of the month is 00, its last day is meant.
_CONFIG = ParseConfig(separator_chars=(_SEPARATOR,))
_BEGINS = re.compile(r"\(0[12]\)[0-9]{14}|0[12][0-9]{14}[0-9]")
_NOTHING_IN = re.compile(r"\([0-9]+\)(?:\(|\Z)")
_NO_BARCODE = _("Expected a GS1 barcode that begins with (01) and a GTIN, found “%(found)s”.")
_FAULTY_BARCODE = _("The barcode does not follow GS1: a part is missing, cut off or mistyped.")

# Application identifiers of GS1: by what programs call them and people say.
_NAMED = {
    "01": ("gtin", _("product (GTIN, the UDI-DI)")),
    "02": ("content_gtin", _("product inside (GTIN)")),
    "10": ("batch", _("batch")),
    "11": ("made_on", _("made on")),
    "13": ("packed_on", _("packed on")),
    "17": ("expires_on", _("expires on")),
    "21": ("serial", _("serial number")),
    "37": ("count", _("how many inside")),
}


@dataclass(frozen=True, slots=True)
class Barcode:
    """What a barcode says; a part that it does not have is empty. ``parts`` are all of it, in its own order."""

    gtin: str
    batch: str = ""
    serial: str = ""
    made_on: date | None = None
    expires_on: date | None = None
    parts: tuple[CodePart, ...] = ()


def is_barcode(text: str) -> bool:
    """Whether a text begins as a GS1 barcode with a GTIN does: worth reading as one."""
    return bool(_BEGINS.match(_plain(text)))


def read_barcode(text: str) -> Barcode:
    """Read what a scanner sent or somebody copied from below the bars. CodeError where it is none, or damaged.

    >>> read_barcode("(01)06901234567892(17)270131(10)1A2B3C").batch
    '1A2B3C'
    """
    plain = _plain(text)
    if not _BEGINS.match(plain):
        raise CodeError(_NO_BARCODE, found=plain[:40])
    read = GS1Message.parse_hri if plain[0] == "(" else GS1Message.parse
    if _NOTHING_IN.search(plain):
        raise CodeError(_FAULTY_BARCODE)
    try:
        message = read(plain, config=_CONFIG)
    except ParseError:
        raise CodeError(_FAULTY_BARCODE) from None
    parts, first, found = [], 1, {}
    for element in message.element_strings:
        field, meaning = _NAMED.get(element.ai.ai, (f"ai_{element.ai.ai}", element.ai.data_title))
        said = element.date.isoformat() if element.date else ""
        parts.append(CodePart(field, meaning, element.value, first + len(element.ai.ai), said))
        first += len(element.ai.ai) + len(element.value) + (1 if element.ai.separator_required else 0)
        found[field] = element
    gtin = found.get("gtin") or found["content_gtin"]
    return Barcode(
        gtin=parse_gtin(gtin.value),
        batch=found["batch"].value if "batch" in found else "",
        serial=found["serial"].value if "serial" in found else "",
        made_on=found["made_on"].date if "made_on" in found else None,
        expires_on=found["expires_on"].date if "expires_on" in found else None,
        parts=tuple(parts),
    )


def gtin_asked(text: str) -> str:
    """The 14 digits of the GTIN that somebody typed or scanned, alone or in a barcode; empty where it is neither."""
    try:
        return read_barcode(text).gtin if is_barcode(text) else parse_gtin(text)
    except CodeError:
        return ""


def parts_of_gtin(gtin: str) -> tuple[CodePart, ...]:
    """The parts of a GTIN of 14 digits: level of packing, company and product where the length of the company's number
    is published, and the check digit; none of what is no GTIN."""
    try:
        gtin = parse_gtin(gtin)
        read = Gtin.parse(gtin)
    except (CodeError, ParseError):
        return ()
    level = _("the pack itself") if gtin[0] == "0" else _("an outer pack")
    company = read.company_prefix.value if read.company_prefix else ""
    if not gtin.startswith(company, 1):
        company = ""
    product = gtin[1 + len(company) : 13]
    return (
        CodePart("level", _("level of packing"), gtin[0], 1, level),
        *([CodePart("company", _("company"), company, 2, read.prefix.usage if read.prefix else "")] if company else ()),
        CodePart("product_code", _("product"), product, 2 + len(company)),
        CodePart("check_digit", _("check digit"), gtin[13], 14, _("fits the others")),
    )


def _plain(text: str) -> str:
    """In half width, without the mark of the scanner, blanks and separators at the ends."""
    wide = _SEPARATOR_SHOWN.sub(_SEPARATOR, unicodedata.normalize("NFKC", text))
    return _SCANNER_MARKS.sub("", re.sub(r"[^\S\x1d]", "", wide).strip(_SEPARATOR)).strip(_SEPARATOR)
