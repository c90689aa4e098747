"""The form for what an organisation's own system calls a thing of the catalogue."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Seat
from catalogue.actions import OwnCodeRow
from catalogue.models import Item, OwnCode, Product

MOST_NUMBERS = 50  # of one thing


class OwnNumbersForm(forms.Form):
    """The numbers of one item or product, a line each; one that is taken out names nothing any more."""

    numbers = forms.CharField(
        label=gettext_lazy("Own numbers"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("One a line, as your own system calls it. Nobody else reads them."),
    )

    def __init__(self, *args: Any, thing: Item | Product, seat: Seat, **kwargs: Any) -> None:
        self._of = {"item" if isinstance(thing, Item) else "product": thing}
        self._mine = OwnCode.objects.filter(organisation=seat.organisation_id).select_related(
            "item", "product__item", "product__maker"
        )
        self.before = list(self._mine.filter(**self._of).values_list("code", flat=True))
        super().__init__(*args, initial={"numbers": "\n".join(self.before)}, **kwargs)

    def clean_numbers(self) -> list[str]:
        numbers = list(dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["numbers"].splitlines()))))
        if len(numbers) > MOST_NUMBERS or any(len(number) > 80 for number in numbers):
            told = _("Give at most %(most)s numbers of at most 80 characters.") % {"most": MOST_NUMBERS}
            raise forms.ValidationError(told, code="max_length")
        if other := self._mine.filter(code__in=numbers).exclude(**self._of).first():
            told = _("%(number)s is your number of %(thing)s: take it out there first.")
            raise forms.ValidationError(told % {"number": other, "thing": other.item or other.product}, code="taken")
        return numbers

    @property
    def rows(self) -> list[OwnCodeRow]:
        """What is to name the thing, and what names it no more."""
        given = self.cleaned_data["numbers"]
        return [OwnCodeRow(one, **self._of) for one in given] + [
            OwnCodeRow(one) for one in self.before if one not in given
        ]
