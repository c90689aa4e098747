"""Questions about a tender, and answers to them, as people write them."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenders.actions.questions import MOST_AT_ONCE, MOST_CHARACTERS
from tenders.models import Change, Question, Tender

_BETWEEN = re.compile(r"\n\s*\n")


class QuestionsForm(forms.Form):
    """Several questions in one text, as they are pasted from a document."""

    texts = forms.CharField(
        label=_("Your questions"),
        help_text=_("An empty line stands between two questions. Each is published without your name."),
        max_length=MOST_AT_ONCE * MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def clean_texts(self) -> list[str]:
        return _BETWEEN.split(self.cleaned_data["texts"].replace("\r\n", "\n").strip())


class AnswerQuestionsForm(forms.Form):
    """One answer to the questions that are ticked, in the words that everybody will read."""

    questions = forms.MultipleChoiceField(
        label=_("Questions answered by it"),
        help_text=_("Tick all that ask the same. Only the agency sees here who asked."),
        widget=forms.CheckboxSelectMultiple,
    )
    question = forms.CharField(
        label=_("The question as it is published"),
        help_text=_("Without anything that tells who asked."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    answer = forms.CharField(label=_("Answer"), max_length=MOST_CHARACTERS, widget=forms.Textarea(attrs={"rows": 8}))
    amendment = forms.TypedChoiceField(
        label=_("Carried out by"),
        help_text=_("An answer that changes the terms names the approved amendment that does so. Amend first."),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, tender: Tender, picked: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = list(Question.objects.waiting().filter(tender=tender).select_related("supplier").order_by("pk"))
        made = tender.changes.approved().filter(kind=Change.Kind.AMENDMENT).order_by("number")
        self.fields["questions"].choices = [(one.reference, f"{one.supplier.name}: {one.text}") for one in waiting]
        self.fields["amendment"].choices = [
            ("", _("The answer changes nothing")),
            *((one.number, f"{one.number}: {one.reason}") for one in made),
        ]
        chosen = [one for one in waiting if one.reference in picked]
        self.initial |= {"questions": [one.reference for one in chosen], "question": chosen[0].text if chosen else ""}
