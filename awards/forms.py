"""The answer to an objection against a proposed award, as people write it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenders.forms.objections import AnswerForm as AnswerToResultForm
from tenders.models import Objection

GOES_ON = "goes_on"


class AnswerForm(AnswerToResultForm):
    answer = forms.ChoiceField(
        label=_("Decision"),
        choices=(
            (Objection.Answer.REJECTED.value, _("Rejected: the proposal stands")),
            (GOES_ON, _("Upheld: this bid is set aside and the next one can be proposed")),
            (Objection.Answer.UPHELD.value, _("Upheld: the lot ends without an award")),
        ),
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        goes_on = given.get("answer") == GOES_ON
        return given | {"goes_on": goes_on} | ({"answer": Objection.Answer.UPHELD.value} if goes_on else {})
