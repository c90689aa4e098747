"""Changes of a published tender as officers type them."""

from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from core.errors import Fault
from core.grids import Grid, GridRow
from tenders.actions.changes.checks import terms_of
from tenders.forms.preparation import price_field, units_field
from tenders.models import Tender
from tenders.rules.changes import CRITERION_FIELDS, CriterionTerms, LotTerms, NoticeTerms
from tenders.wording import kept, shown


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


class LotTermsRow(GridRow):
    """A lot of the notice: what may be amended of it."""

    ceiling_price = price_field(_("Ceiling price"), required=True)
    ceiling_units = units_field()
    quality_requirement = forms.CharField(
        label=_("Quality requirement"), required=False, max_length=300, widget=forms.TextInput(attrs={"size": 45})
    )

    @property
    def row_label(self) -> str:
        return f"{self.thing.number} {self.thing.title}"

    def begin(self) -> dict[str, Any]:
        return {name: getattr(self.thing, name) for name in self.base_fields}

    @property
    def terms(self) -> LotTerms:
        said = self.cleaned_data | {"ceiling_units": self.cleaned_data["ceiling_units"] or 1}
        return LotTerms(number=self.thing.number, **said)


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
        return str(self.thing.number)

    @property
    def row_cells(self) -> list[dict[str, Any]]:
        return [{"label": _("Kind"), "value": self.thing.get_kind_display()}]

    def begin(self) -> dict[str, Any]:
        words = {name: shown(getattr(self.thing, name)) for name in ("title", "guidance")}
        return {**vars(self.thing), **words, "max_points": self.thing.max_points or None}

    @property
    def terms(self) -> CriterionTerms:
        words = {name: kept(self.cleaned_data[name]) for name in ("title", "guidance")}
        given = {**self.cleaned_data, **words, "max_points": self.cleaned_data["max_points"] or 0}
        return CriterionTerms(number=self.thing.number, kind=self.thing.kind, **given)


class CriteriaTermsForm(Grid):
    row = CriterionTermsRow
    name = "criteria"
    caption = _("Criteria")
    heading = _("Number")
    whole = True


class AmendmentForm(Grid):
    """The whole notice as it may be amended: the tender with its lots, and its ``criteria``."""

    row = LotTermsRow
    name = "lots"
    caption = _("Lots")
    heading = _("Lot")
    whole = True

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
    documents = forms.MultipleChoiceField(
        label=_("Documents of the notice"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Attach another one on the page of the documents first."),
    )

    def __init__(self, tender: Tender, *args: Any) -> None:
        known = {name: getattr(tender, name) for name in ("summary", "supply_from", "supply_to")}
        known |= {"documents": terms_of(tender).documents}
        draft = f"amendment/{tender.reference}"
        super().__init__(tender.lots.order_by("number"), *args, draft=draft, initial=known)
        attached = tender.documents.order_by("number").values_list("sha256", "name")
        self.fields["documents"].choices = list(attached)
        if not attached:
            del self.fields["documents"]
        self.criteria = CriteriaTermsForm(tender.criteria.order_by("number"), *args, draft=draft)

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.criteria.is_valid()])

    def place(self, fault: Fault) -> None:
        """A refusal numbers lots and criteria, each from 1."""
        if fault.field in CRITERION_FIELDS:
            self.criteria.place(fault)
        else:
            super().place(fault)

    def template_response(self, kind: str) -> HttpResponseBase:
        if kind.startswith(self.criteria.name):
            return self.criteria.template_response(kind)
        return super().template_response(kind)

    @property
    def proposal(self) -> dict[str, Any]:
        """What was typed, as ``propose_amendment`` takes it."""
        given = self.cleaned_data
        terms = NoticeTerms(
            summary=given["summary"].strip(),
            supply_from=given["supply_from"],
            supply_to=given["supply_to"],
            lots=tuple(row.terms for row in self.taken),
            criteria=tuple(row.terms for row in self.criteria.taken),
            documents=tuple(given.get("documents", ())),
        )
        return {"terms": terms, "reason": given["reason"], "deadline": given["deadline"]}
