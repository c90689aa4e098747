"""Changes of a published tender as officers type them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import Fault, Refused
from core.grids import GridRow, grid_of
from tenders.forms.preparation import price_field
from tenders.models import Tender
from tenders.rules.changes import CRITERION_FIELDS, LOT_FIELDS, CriterionTerms, LotTerms, NoticeTerms


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Published with the change, with the names of both people.")
    )


class ExtensionForm(forms.Form):
    deadline = forms.DateTimeField(
        label=_("New deadline"),
        widget=forms.DateTimeInput,
        help_text=_("Later than the one published. A bid received before this instant is in time."),
    )
    reason = _reason()


class CancellationForm(forms.Form):
    reason = _reason()


class DeclineForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Kept for the record."))


class AmendmentForm(forms.Form):
    """What an amendment says of the tender itself, and why it is made."""

    reason = _reason()
    deadline = forms.DateTimeField(
        label=_("New deadline"),
        required=False,
        widget=forms.DateTimeInput,
        help_text=_("Leave it empty where enough days are left before the one published."),
    )
    summary = forms.CharField(
        label=_("Summary"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    supply_from = forms.DateField(label=_("First day of supply"), widget=forms.DateInput)
    supply_to = forms.DateField(label=_("Last day of supply"), widget=forms.DateInput)


class LotTermsRow(GridRow):
    """A lot of the notice: what may be amended of it."""

    ceiling_price = price_field(_("Ceiling price"), required=True)
    quality_requirement = forms.CharField(
        label=_("Quality requirement"), required=False, max_length=300, widget=forms.TextInput(attrs={"size": 45})
    )

    @property
    def row_label(self) -> str:
        return f"{self.row.number} {self.row.title}"

    @property
    def terms(self) -> LotTerms:
        return LotTerms(number=self.row.number, **self.cleaned_data)


class CriterionTermsRow(GridRow):
    """A criterion of the notice; its kind stays."""

    title = forms.CharField(label=_("Criterion"), max_length=200, widget=forms.TextInput(attrs={"size": 45}))
    guidance = forms.CharField(
        label=_("Guidance"), required=False, max_length=500, widget=forms.TextInput(attrs={"size": 45})
    )
    max_points = forms.IntegerField(
        label=_("Points"), required=False, min_value=0, max_value=100, widget=forms.NumberInput(attrs={"size": 3})
    )

    @property
    def row_label(self) -> str:
        return str(self.row.number)

    @property
    def row_cells(self) -> list[dict[str, Any]]:
        return [{"label": _("Kind"), "value": self.row.get_kind_display()}]

    @property
    def terms(self) -> CriterionTerms:
        points = self.cleaned_data["max_points"] or 0
        return CriterionTerms(number=self.row.number, kind=self.row.kind, **{**self.cleaned_data, "max_points": points})


class AmendmentSheet:
    """The whole notice as it may be amended: the tender, its lots, its criteria."""

    def __init__(self, tender: Tender, data: Any = None) -> None:
        lots, criteria = list(tender.lots.order_by("number")), list(tender.criteria.order_by("number"))
        known = {name: getattr(tender, name) for name in ("summary", "supply_from", "supply_to")}
        self.form = AmendmentForm(data, initial=known)
        self.lots = grid_of(LotTermsRow, lots, data, [vars(lot) for lot in lots], prefix="lots")
        initial = [{**vars(one), "max_points": one.max_points or None} for one in criteria]
        self.criteria = grid_of(CriterionTermsRow, criteria, data, initial, prefix="criteria")

    @property
    def proposal(self) -> dict[str, Any]:
        """What was typed, as ``propose_amendment`` takes it."""
        given = self.form.cleaned_data
        terms = NoticeTerms(
            summary=given["summary"].strip(),
            supply_from=given["supply_from"],
            supply_to=given["supply_to"],
            lots=tuple(row.terms for row in self.lots),
            criteria=tuple(row.terms for row in self.criteria),
        )
        return {"terms": terms, "reason": given["reason"], "deadline": given["deadline"]}

    def attempt(self, act: Callable[[], Any]) -> bool:
        """Run ``act`` if everything is valid. A refusal goes to the rows and fields that it is about."""
        valid = [part.is_valid() for part in (self.form, self.lots, self.criteria)]
        if not all(valid):
            return False
        try:
            act()
        except Refused as refusal:
            for fault in refusal.faults:
                self._place(fault)
            return False
        return True

    def _place(self, fault: Fault) -> None:
        grid = self.lots if fault.field in LOT_FIELDS else self.criteria if fault.field in CRITERION_FIELDS else ()
        row = next((form for form in grid if form.row.number == fault.row), None)
        place = row or self.form
        place.add_error(fault.field if fault.field in place.fields else None, fault.message)
