"""Batches that are sent, what the hospital found, and what is put right afterwards."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.actions import Batch, Verdict
from contracts.forms.grid import NUMBER, TEXT, Grid
from contracts.models import Acceptance, DeliveryLine, OrderLine
from contracts.rules import is_expired

SPARE_ROWS = 4  # for lines that come in several batches


class BatchForm(Grid):
    """A row for each line that is still to come, and spare ones. A row without batch and expiry is not sent."""

    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    def __init__(self, lines: Sequence[OrderLine], *args: Any, **kwargs: Any) -> None:
        self.lines = [(str(line.number), _named(line)) for line in lines]
        super().__init__(enumerate([*lines, *[None] * SPARE_ROWS], start=1), *args, **kwargs)

    def key_of(self, thing: tuple[int, OrderLine | None]) -> str:
        return str(thing[0])

    def name_of(self, thing: tuple[int, OrderLine | None]) -> str:
        return _("row %(row)s") % {"row": thing[0]}

    def cells(self, thing: tuple[int, OrderLine | None]) -> dict[str, forms.Field]:
        line = thing[1]
        return {
            "line": forms.ChoiceField(
                label=_("Line"),
                required=False,
                choices=[("", "–"), *self.lines],
                initial=line and str(line.number),
                widget=forms.Select(TEXT),
            ),
            "batch": forms.CharField(label=_("Batch"), required=False, max_length=40, widget=forms.TextInput(TEXT)),
            "expires_on": forms.DateField(label=_("Expiry"), required=False, widget=forms.DateInput(TEXT)),
            "packs": forms.IntegerField(
                label=_("Packs"),
                required=False,
                min_value=1,
                initial=line and line.packs - line.released - line.delivered,
                widget=forms.NumberInput(NUMBER),
            ),
        }

    def clean(self) -> None:
        for key in self.things:
            values = self.values(key)
            if not values["batch"] and not values["expires_on"]:
                continue
            for name in ("line", "batch", "expires_on", "packs"):
                if not values[name] and f"{name}-{key}" not in self.errors:
                    self.add_error(f"{name}-{key}", _("Fill in the whole row, or empty batch and expiry."))

    @property
    def batches(self) -> list[Batch]:
        filled = {key: self.values(key) for key in self.things if self.values(key)["batch"]}
        self.taken = list(filled)
        return [Batch(**{**values, "line": int(values["line"])}) for values in filled.values()]


def _named(line: OrderLine) -> str:
    """An order line as one choice among others: models of one item are told apart by brand and code."""
    version = line.product.product_version
    return " · ".join(filter(None, (str(line.number), str(version.product.item), version.brand, version.national_code)))


class VerdictForm(Grid):
    """Accepted, rejected and short for each batch that waits. A row without any number is left for later.

    Everything is filled in as accepted; what has expired, which nobody may accept, as rejected.
    """

    def __init__(self, lines: Sequence[DeliveryLine], today: date, *args: Any, **kwargs: Any) -> None:
        self.today = today
        super().__init__(lines, *args, **kwargs)

    def key_of(self, thing: DeliveryLine) -> str:
        return str(thing.number)

    def name_of(self, thing: DeliveryLine) -> str:
        return _("batch %(batch)s") % {"batch": thing.batch}

    def cells(self, thing: DeliveryLine) -> dict[str, forms.Field]:
        def packs(label: str, initial: int) -> forms.IntegerField:
            widget = forms.NumberInput({"data-unit": _("packs")})
            return forms.IntegerField(
                label=label, required=False, min_value=0, max_value=thing.packs, initial=initial, widget=widget
            )

        expired = is_expired(thing.batch.expires_on, self.today)
        return {
            "accepted": packs(_("Accepted"), 0 if expired else thing.packs),
            "rejected": packs(_("Rejected"), thing.packs if expired else 0),
            "short": packs(_("Short"), 0),
            "rejection": forms.ChoiceField(
                label=_("Why rejected"),
                required=False,
                choices=Acceptance.Rejection.choices,
                initial=Acceptance.Rejection.NEAR_EXPIRY if expired else "",
            ),
            "note": forms.CharField(label=_("Note"), required=False, max_length=300),
            "replacement": forms.BooleanField(label=_("Deliver again what is missing"), required=False, initial=True),
        }

    @property
    def verdicts(self) -> list[Verdict]:
        counts = ("accepted", "rejected", "short")
        rows = {key: self.values(key) for key in self.things}
        judged = {key: row for key, row in rows.items() if any(row[name] is not None for name in counts)}
        self.taken = list(judged)
        return [
            Verdict(
                line=int(key),
                accepted=values["accepted"] or 0,
                rejected=values["rejected"] or 0,
                short=values["short"] or 0,
                rejection=values["rejection"],
                note=values["note"],
                replacement=values["replacement"],
            )
            for key, values in judged.items()
        ]


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
