"""Objections and their answers, as people write them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tenders.actions.objections import MOST_CHARACTERS
from tenders.models import Objection


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label=_("Your objection"),
        help_text=_("Say what is wrong, and what it rests on: a rule, a number, a document."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Decision"),
        choices=(
            (Objection.Answer.REJECTED.value, _("Rejected: the lot goes on")),
            (Objection.Answer.UPHELD.value, _("Upheld: the lot ends without an award")),
        ),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Reasons"),
        help_text=_("The bidder must be able to follow them."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
