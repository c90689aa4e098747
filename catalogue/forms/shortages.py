"""Shortages, substitutes and designated production as people type them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import RegionField
from catalogue.actions.shortages import Commission, ReportedShortage
from catalogue.forms.entries import entered_things
from catalogue.models import Item, Maker, Product


class ReportShortageForm(forms.Form):
    """What is short; several things of one cause are reported at once."""

    things = forms.CharField(
        label=gettext_lazy("What is short"),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One a line: a name with its strength, a national code, or a number of the catalogue: I-12 for the item of"
            " every maker, PD-7 for one maker's product."
        ),
    )
    region = RegionField()
    valid_from = forms.DateField(label=gettext_lazy("Short since"))
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Who was asked, when, and what they answered: refusals, numbers of orders, letters."),
    )

    def clean_things(self) -> list[tuple[Item, Product | None]]:
        found, faults = entered_things(self.cleaned_data["things"])
        if faults:
            raise forms.ValidationError([_("Line %(number)d: %(text)s") % vars(fault) for fault in faults])
        return found

    @property
    def reports(self) -> list[ReportedShortage]:
        said = {name: self.cleaned_data[name] for name in ("region", "valid_from", "evidence")}
        return [ReportedShortage(item=item, product=product, **said) for item, product in self.cleaned_data["things"]]


class ShortageReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("Whoever reported it reads it.")
    )


class EndShortageForm(forms.Form):
    last_day = forms.DateField(label=gettext_lazy("Last day"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("By what one knows that it can be had again."),
    )


class OneThing(forms.CharField):
    """One item, or one product of it, however somebody names it."""

    def clean(self, value: Any) -> tuple[Item, Product | None] | None:
        text = super().clean(value)
        if not text:
            return None
        found, faults = entered_things(text)
        if faults:
            raise forms.ValidationError([fault.text for fault in faults])
        if len(found) != 1:
            raise forms.ValidationError(_("This means several items: say the strength too."))
        return found[0]


class NameSubstituteForm(forms.Form):
    thing = OneThing(
        label=gettext_lazy("Substitute"),
        max_length=300,
        help_text=gettext_lazy(
            "A name with its strength, a national code, or a number of the catalogue: I-12 or PD-7."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Why it may take its place, and for whom it may not."),
    )


class DesignateForm(forms.Form):
    """A maker of the item, commissioned with it."""

    if_empty = {"maker": gettext_lazy("No maker has a product of this item yet. The catalogue officer adds one first.")}

    maker = forms.ModelChoiceField(
        label=gettext_lazy("Maker"),
        queryset=Maker.objects.none(),
        help_text=gettext_lazy("One that has a product of this item."),
    )
    region = RegionField(required=False)
    valid_from = forms.DateField(label=gettext_lazy("First day"))
    valid_to = forms.DateField(label=gettext_lazy("Last day"))
    source = forms.CharField(
        label=gettext_lazy("Decision"), max_length=300, help_text=gettext_lazy("Who took it, its number and day.")
    )

    def __init__(self, item: Item, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.fields["maker"].queryset = Maker.objects.filter(products__item=item).distinct()
        self.fields["region"].help_text = gettext_lazy("The province that commissioned it; empty: the state.")

    @property
    def commission(self) -> Commission:
        return Commission(item=self.item, **self.cleaned_data)
