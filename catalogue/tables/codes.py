"""Lists of what became of codes, and of what their parts say."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from catalogue.as_of import DayField
from catalogue.models import ProductCode
from catalogue.rules import normalise
from core.tables import Column, Empty, Filter, Table


def said_of(said: ProductCode) -> str:
    """The page of the product that a code means, if the catalogue has it."""
    return reverse("catalogue:product", args=[said.product.reference]) if said.product else ""


def _to_take_back(said: ProductCode) -> str | Promise:
    return "" if said.valid_to else _("Take back")


def _take_back_url(said: ProductCode) -> str:
    return "" if said.valid_to else reverse("catalogue:take-back-code", args=[said.code, said.status])


_TAKE_BACK = Column("act", _("Act"), value=_to_take_back, url=_take_back_url, kind="act")


class CodeTable(Table):
    """What became of the codes of a product, who recorded it and why."""

    name = "codes"
    caption = _("Codes disabled or remapped")
    exports = ()
    columns = (
        Column("code", _("National code")),
        Column("status", _("Status"), value="get_status_display", kind="status"),
        Column(
            "new",
            _("New code"),
            value="remapped_to",
            url=said_of,
        ),
        Column("from", _("From"), value="valid_from", kind="date"),
        Column("to", _("To"), value="valid_to", kind="date"),
        Column("reason", _("Reason"), note="end_reason"),
        Column("source", _("Source")),
        Column("by", _("By"), value="recorded_by.person.name"),
    )


class EditableCodeTable(CodeTable):
    """The same for whoever may take it back."""

    columns = (*CodeTable.columns, _TAKE_BACK)


class AllCodesTable(Table):
    """What became of every code: now, in the past, or as it stood on a day."""

    name = "codes"
    caption = _("Codes disabled or remapped")
    default_sort = "code"
    wide = True
    columns = (
        Column("code", _("National code"), kind="reference", sort="code"),
        Column("status", _("Status"), value="get_status_display", kind="status"),
        Column("new", _("New code"), value="remapped_to", kind="reference"),
        Column("product", _("Product"), value="product.item.name", url=said_of, note="product.reference"),
        Column("from", _("From"), value="valid_from", kind="date", sort="valid_from"),
        Column("to", _("To"), value="valid_to", kind="date"),
        Column("reason", _("Reason"), note="end_reason"),
        Column("source", _("Source")),
        Column("by", _("By"), value="recorded_by.person.name"),
    )
    empty = Empty(
        _("No code is disabled or remapped"),
        _("The published lists of both come in as files; one code is changed on the page of its product."),
        _("Import a file"),
        reverse_lazy("catalogue:stage-import"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.filters = (
            Filter("code", forms.CharField(label=_("Code or its beginning")), _begins),
            Filter("status", forms.ChoiceField(label=_("Status"), choices=ProductCode.Status), "status"),
            Filter("on", DayField(today=today), _on),
        )
        if self.request.seat.may(Permission.IMPORT_CATALOGUE):
            self.columns = (*self.columns, _TAKE_BACK)
        else:
            self.empty = Empty(self.empty.title, self.empty.text)


def _begins(codes: Any, text: str) -> QuerySet:
    code = normalise(text)
    return codes.filter(Q(code__startswith=code) | Q(leads_to__startswith=code))


def _on(codes: Any, day: date) -> QuerySet:
    return codes.in_force(day)


class CodePartTable(Table):
    """What each part of each code says."""

    name = "parts"
    caption = _("What the codes say")
    exports = ()
    phone = "scroll"
    columns = (
        Column("code", _("Code"), value="label"),
        Column("places", _("Places")),
        Column("text", _("Signs"), kind="reference"),
        Column("meaning", _("Part")),
        Column("means", _("Says")),
    )
