"""Batches that are sent, what the hospital found, and what is put right afterwards."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from contracts.actions import Batch, Verdict
from contracts.models import Acceptance, OrderLine
from contracts.rules import is_expired
from core.grids import Grid, GridRow, GrowingGrid
from core.templatetags.ui import quantity


class BatchRow(GridRow):
    """A batch of a line. Without batch and expiry it is not sent."""

    line = forms.ChoiceField(label=gettext_lazy("Line"), required=False)
    batch = forms.CharField(label=gettext_lazy("Batch"), required=False, max_length=40)
    expires_on = forms.DateField(label=gettext_lazy("Expiry"), required=False, widget=forms.DateInput)
    packs = forms.IntegerField(label=gettext_lazy("Packs"), required=False, min_value=1)

    def begin(self) -> dict[str, Any]:
        line = self.thing
        return {"line": str(line.number), "packs": line.packs - line.released - line.delivered}

    @property
    def row_label(self) -> str:
        return _("row %(row)s") % {"row": self.key}

    @property
    def row_heading(self) -> str:
        return self.key

    @property
    def is_taken(self) -> bool:
        return bool(self.cleaned_data.get("batch"))

    def clean(self) -> None:
        given = self.cleaned_data
        if not given.get("batch") and not given.get("expires_on"):
            return
        for name in self.fields:
            if not given.get(name) and name not in self.errors:
                self.add_error(name, _("Fill in the whole row, or empty batch and expiry."))

    @property
    def sent(self) -> Batch:
        return Batch(**{**self.cleaned_data, "line": int(self.cleaned_data["line"])})


class BatchForm(GrowingGrid):
    """A row for each line that is still to come, and more for lines that come in several batches."""

    row = BatchRow
    caption = gettext_lazy("Batches")

    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    def __init__(self, lines: Sequence[OrderLine], *args: Any, **kwargs: Any) -> None:
        self.choices = [("", "–"), *((str(line.number), _named(line)) for line in lines)]
        super().__init__(lines, *args, **kwargs)

    def row_of(self, *args: Any, **kwargs: Any) -> GridRow:
        row = super().row_of(*args, **kwargs)
        row.fields["line"].choices = self.choices  # type: ignore[attr-defined]  # a field of choices
        return row

    @property
    def batches(self) -> list[Batch]:
        return [row.sent for row in self.taken]


def _named(line: OrderLine) -> str:
    """An order line as one choice among others: models of one item are told apart by brand and code."""
    version = line.product.product_version
    return " · ".join(filter(None, (str(line.number), str(version.product.item), version.brand, version.national_code)))


def _count(label: str) -> forms.IntegerField:
    widget = forms.NumberInput({"data-unit": gettext_lazy("packs")})
    return forms.IntegerField(label=label, required=False, min_value=0, widget=widget)


class VerdictRow(GridRow):
    """A batch that waits. Without any number it is left for later.

    All of it is filled in as accepted; what has expired, which nobody may accept, as rejected.
    """

    heading_template = "contracts/_batch.html"
    on_demand = ("rejected", "short", "rejection", "note", "replacement")

    accepted = _count(gettext_lazy("Accepted"))
    rejected = _count(gettext_lazy("Rejected"))
    short = _count(gettext_lazy("Short"))
    rejection = forms.ChoiceField(
        label=gettext_lazy("Why rejected"), required=False, choices=Acceptance.Rejection.choices
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300)
    replacement = forms.BooleanField(label=gettext_lazy("Deliver again what is missing"), required=False, initial=True)

    @property
    def has_expired(self) -> bool:
        return self.today is not None and is_expired(self.thing.batch.expires_on, self.today)

    def begin(self) -> dict[str, Any]:
        expired, packs = self.has_expired, self.thing.packs
        why = Acceptance.Rejection.NEAR_EXPIRY if expired else ""
        taken = {"accepted": 0, "rejected": packs} if expired else {"accepted": packs, "rejected": 0}
        return {**taken, "short": 0, "rejection": why}

    def fit(self) -> None:
        for name in ("accepted", "rejected", "short"):
            self.at_most(name, self.thing.packs)

    @property
    def row_label(self) -> str:
        return _("batch %(batch)s") % {"batch": self.thing.batch}

    @property
    def row_cells(self) -> list[dict[str, Any]]:
        batch = self.thing.batch
        notes = [pgettext("batch", "expired")] if self.has_expired else []
        if batch.said_before:
            notes.append(_("corrected; %(day)s was said before") % {"day": batch.said_before})
        return [
            {"label": _("Expiry"), "value": batch.expires_on, "kind": "date", "note": "; ".join(notes)},
            {"label": pgettext("packs", "Sent"), "value": quantity(self.thing.packs), "numeric": True},
        ]

    @property
    def is_taken(self) -> bool:
        return any(self.cleaned_data.get(name) is not None for name in ("accepted", "rejected", "short"))

    @property
    def verdict(self) -> Verdict:
        given = self.cleaned_data
        counts = {name: given[name] or 0 for name in ("accepted", "rejected", "short")}
        return Verdict(line=self.thing.number, **{**given, **counts})


class VerdictForm(Grid):
    """Accepted, rejected and short for each batch that waits."""

    row = VerdictRow
    caption = gettext_lazy("Batches")
    heading = gettext_lazy("Batch")
    ask_for_all = gettext_lazy("Something is rejected or missing")
    key_headings = (gettext_lazy("Line"),)

    @property
    def verdicts(self) -> list[Verdict]:
        return [row.verdict for row in self.taken]


class LaterArrivalForm(forms.Form):
    arrived_on = forms.DateField(label=gettext_lazy("The goods came on"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("The deliverer reads it.")
    )


class ExpiryForm(forms.Form):
    expires_on = forms.DateField(label=gettext_lazy("Expiry"), help_text=gettext_lazy("As printed on the box."))
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("The hospitals read it.")
    )
