"""Objections and their answers, and what else stops a lot, as people write it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenders.actions.objections import MOST_CHARACTERS
from tenders.actions.rounds import may_be_judged_again
from tenders.models import Bid, Hold, Lot, Objection

AGAIN = "again"


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label=_("Your objection"),
        help_text=_("Say what is wrong, and what it rests on: a rule, a number, a document."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class BidsToJudgeField(forms.MultipleChoiceField):
    """Which standing bids of a lot are judged again."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, lot: Lot) -> None:
        bids = Bid.objects.standing().filter(lot=lot).select_related("supplier").order_by("reference")
        super().__init__(
            label=_("Bids to be judged again"),
            help_text=_("What was found of all others stays as it is; every evaluator signs again."),
            choices=[(bid.reference, f"{bid.reference} · {bid.supplier.name}") for bid in bids],
            required=False,
        )


class AnswerForm(forms.Form):
    """What every answer to an objection has; what it decides depends on what was objected to."""

    answer = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Reasons"),
        help_text=_("The bidder must be able to follow them."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class AnswerToResultForm(AnswerForm):
    """Upheld, bids of the lot are judged again, which the officer chooses, or the lot ends."""

    def __init__(self, found: Objection, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = _("Upheld: the lot stays ended") if found.lot.ending else _("Upheld: the lot ends without an award")
        choices = [(Objection.Answer.REJECTED.value, _("Rejected: the result stands"))]
        if may_be_judged_again(found.lot):
            choices.append((AGAIN, _("Upheld: the bids ticked here are judged again")))
            own = Bid.objects.standing().filter(lot=found.lot, supplier=found.supplier)
            self.fields["again"] = BidsToJudgeField(found.lot)
            self.initial["again"] = [bid.reference for bid in own]
            self.order_fields(["answer", "again", "text"])
        self.fields["answer"].choices = [*choices, (Objection.Answer.UPHELD.value, ends)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("answer") != AGAIN:
            return given | {"again": []}
        if not given.get("again"):
            self.add_error("again", _("Tick the bids that are to be judged again."))
        return given | {"answer": Objection.Answer.UPHELD.value}


class HoldForm(forms.Form):
    code = forms.ChoiceField(
        label=_("What stops the lot"),
        choices=[(code.value, code.label) for code in (Hold.Code.COMPLAINT, Hold.Code.COURT)],
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(label=_("Number of the file there"), max_length=80)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ReleaseForm(forms.Form):
    """Lets a lot go on that a complaint or a court holds."""

    held = forms.ChoiceField(label=_("What no longer stops the lot"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, lot: Lot, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holds = list(lot.holds.standing().exclude(code=Hold.Code.OBJECTION))
        self.fields["held"].choices = [
            (number, f"{held.get_code_display()}: {held.reference}") for number, held in enumerate(self.holds)
        ]
        if may_be_judged_again(lot):
            self.fields["again"] = BidsToJudgeField(lot)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "held" in given:
            held = self.holds[int(given.pop("held"))]
            given |= {"code": held.code, "reference": held.reference}
        return given
