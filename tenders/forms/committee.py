"""The pool of experts and a drawn committee, as officers type them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from tenders.forms.preparation import NOBODY_LEFT
from tenders.models import Expert


class ExpertsForm(forms.Form):
    """Some people of one speciality at once."""

    if_empty = {"seats": NOBODY_LEFT}

    seats = forms.ModelMultipleChoiceField(
        label=_("People"), queryset=Seat.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    speciality = forms.ChoiceField(label=_("Speciality"), choices=Expert.Speciality.choices)
    available_from = forms.DateField(label=_("Available from"), required=False, help_text=_("Empty: at any time."))
    available_to = forms.DateField(label=_("Available until"), required=False, help_text=_("Empty: at any time."))

    def __init__(self, candidates: QuerySet[Seat], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seats"].queryset = candidates


class ExpertReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Kept for the record."))


class CommitteeForm(forms.Form):
    """How many members of each speciality are drawn; all empty: members are named by hand."""

    def __init__(self, places: dict[str, int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value, label in Expert.Speciality.choices:
            self.fields[value] = forms.IntegerField(label=label, min_value=0, max_value=99, required=False)
            self.initial[value] = places.get(value)

    @property
    def places(self) -> dict[str, int]:
        return {name: count for name, count in self.cleaned_data.items() if count}
