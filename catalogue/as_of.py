"""The day that a page or an endpoint is asked about: as the catalogue stood on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day that is over or runs: what will stand is not known yet."""

    def __init__(self, *, today: date, **kwargs: Any) -> None:
        super().__init__(label=_("As it stood on"), **kwargs)
        self.today = today

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value > self.today:
            raise forms.ValidationError(_("Choose today or an earlier day."), code="date_out_of_range")


class OnForm(forms.Form):
    """The day, on the page of one thing."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="filter_%s", use_required_attribute=False, **kwargs)
        self.today = today
        self.fields["on"] = DayField(today=today, required=False)


@dataclass(frozen=True)
class AsOf:
    """``day`` is None where a page shows the present: nothing was asked, or what was asked is no day."""

    form: OnForm
    day: date | None


def asked(request: HttpRequest, today: date) -> AsOf:
    """The day in the address, as ``?on=2026-03-01``; what is wrong with it stands beside the field of the form."""
    form = OnForm(request.GET, today=today)
    form.is_valid()
    return AsOf(form, form.cleaned_data.get("on"))
