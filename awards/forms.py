"""The answer to an objection against a proposed award, as people write it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tenders.forms.objections import AnswerForm as AnswerToResultForm
from tenders.models import Objection


class AnswerForm(AnswerToResultForm):
    answer = forms.ChoiceField(
        label=_("Decision"),
        choices=(
            (Objection.Answer.REJECTED.value, _("Rejected: the proposal stands")),
            (Objection.Answer.UPHELD.value, _("Upheld: the lot ends without an award")),
        ),
        widget=forms.RadioSelect,
    )
