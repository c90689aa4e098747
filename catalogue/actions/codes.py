"""National codes disabled or remapped by hand, and what was said of one taken back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue import searching
from catalogue.actions import merging_codes
from catalogue.models import Product, ProductCode, ProductVersion, Verb
from catalogue.rules import CodeError, ParsedCode, parse_code, unlike
from core import search
from core.actions import action
from core.clock import legal_date
from core.errors import Fault, Refused
from core.events import record

_DAY = timedelta(days=1)


@action
def set_codes(*, rows: Sequence[ParsedCode], by: Seat, now: datetime) -> list[ProductCode]:
    """Disable codes (rows without a new one) and remap others; what they are then, in the order of the rows.

    A row that says what holds already changes nothing. Refused row by row: a code without its grammar or remapped to
    one of another kind, a circle, a code that is remapped to another already, a day that is still to come or not after
    the product's current version began, and a row without a reason.
    """
    require(by, Permission.IMPORT_CATALOGUE)
    rows = _read(rows)
    _lock()
    today = legal_date(now)
    if faulty := merging_codes.plan_rows(rows, today):
        faults = [
            Fault(_(fault["message"]) % fault["values"], fault["column"], number, "code_refused")
            for number, told in faulty
            for fault in told
        ]
        raise Refused(faults[0].message, faults=faults)
    merging_codes.merge(by, now)
    _tell(by, now)
    found = {
        (code.code, code.remapped_to): code
        for code in ProductCode.objects.running().filter(code__in=[row.code for row in rows]).select_related("product")
    }
    return [found[row.code, row.new_code] for row in rows]


@action
def take_back_code(*, code: ProductCode, last_day: date, reason: str, by: Seat, now: datetime) -> ProductCode:
    """Let what was said of a code hold until a day only; a product that had taken the new code has its old one again.

    Refused without a reason, for a day before it began or still to come, where it was taken back already, and where the
    product has had another code or version since, or another product has the old code.
    """
    require(by, Permission.IMPORT_CATALOGUE)
    code = ProductCode.objects.select_for_update(of=("self",)).select_related("product").get(pk=code.pk)
    _check(code, last_day, reason, now)
    code.valid_to, code.ended_at, code.ended_by, code.end_reason = last_day, now, by, reason.strip()
    code.save(update_fields=["valid_to", "ended_at", "ended_by", "end_reason"])
    if code.status == ProductCode.Status.REMAPPED and code.product:
        _give_back(code, code.product, by, now)
    told: dict[str, Any] = {"code": code.code, "day": last_day.isoformat(), "reason": code.end_reason}
    record(Verb.CODE_TAKEN_BACK, code.product.reference if code.product else code.code, by=by, now=now, **told)
    return code


def _read(rows: Sequence[ParsedCode]) -> list[ParsedCode]:
    read, faults = [], []
    for number, row in enumerate(rows, start=1):
        texts = {}
        for field in ("code", "new_code"):
            try:
                text = getattr(row, field)
                texts[field] = parse_code(text) if text or field == "code" else None
            except CodeError as error:
                faults.append(Fault(error.told(_), field, number, "invalid"))
        old, new = texts.get("code"), texts.get("new_code")
        if old and new and (fault := unlike(old, new)):
            faults.append(Fault(_(fault), "new_code", number, "wrong_kind"))
        if not row.reason.strip():
            faults.append(Fault(_("Give the reason, for the record."), "reason", number, "required"))
        read.append(replace(row, code=old.text if old else "", new_code=new.text if new else ""))
    if faults:
        raise Refused(faults[0].message, faults=faults)
    return read


def _lock() -> None:
    """Codes go in one after another, as files do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('catalogue.merge', 0))")


def _tell(by: Seat, now: datetime) -> None:
    """One event a code, about its product where there is one; search finds products by their new codes."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.code, p.new_code, p.starts, p.reason, r.reference, r.id FROM planned p
            LEFT JOIN catalogue_product r ON r.id = p.heir WHERE p.effect IN ('new', 'changed') ORDER BY p.number"""
        )
        rows = cursor.fetchall()
    for code, new, day, reason, reference, _product in rows:
        told: dict[str, Any] = {"code": code, "day": day.isoformat(), "reason": reason}
        if new:
            record(Verb.CODE_REMAPPED, reference or code, by=by, now=now, new=new, **told)
        else:
            record(Verb.CODE_DISABLED, reference or code, by=by, now=now, **told)
    touched = ProductVersion.objects.current().filter(product__in=[row[-1] for row in rows if row[-1]])
    related = touched.select_related("product__item", "product__maker", "holder")
    search.index([searching.of_product(version) for version in related])


def _check(code: ProductCode, last_day: date, reason: str, now: datetime) -> None:
    if code.valid_to is not None:
        raise Refused(_("This was taken back already."), code="too_late")
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    if not code.valid_from <= last_day <= legal_date(now):
        raise Refused(
            _("Choose a day from %(first)s to today.") % {"first": code.valid_from},
            field="last_day",
            code="date_out_of_range",
        )


def _give_back(code: ProductCode, product: Product, by: Seat, now: datetime) -> None:
    """A product that took the new code on the day of the remapping has the old one again from the day after."""
    versions = list(product.versions.order_by("-number")[:2])
    if len(versions) < 2 or versions[1].national_code != code.code:
        return  # it had the new code before, or was imported under it
    current, starts = versions[0], code.valid_to + _DAY if code.valid_to else legal_date(now)
    if current.national_code != code.leads_to or (current.valid_from and current.valid_from >= starts):
        raise Refused(_("The product has changed since; correct it on its page."), field="last_day", code="too_late")
    if Product.objects.filter(key=code.code).exclude(pk=product.pk).exists():
        raise Refused(_("Another product has this code."), field="last_day", code="code_taken")
    ProductVersion.objects.filter(pk=current.pk).update(valid_to=code.valid_to)
    current.pk, current.number, current.valid_from, current.valid_to = None, current.number + 1, starts, None
    current.national_code, current.reason, current.edited_at, current.edited_by = code.code, code.end_reason, now, by
    current.save(force_insert=True)
    product.key = code.code
    product.save(update_fields=["key"])
    search.index([searching.of_product(current)])
