"""Which winner supplies which region, and the answer to an objection against a proposed award, as people say it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.actions.selecting import Selected
from awards.models import Award
from core.templatetags.ui import money
from tenders.forms.objections import AnswerForm
from tenders.models import Objection

SET_ASIDE = "set_aside-"


class RegionsForm(forms.Form):
    """One field a region of a lot, named by its code: the place of its winner. Without a lot it has none."""

    def __init__(self, selected: Sequence[Selected], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in selected:
            offers = [(place, row.bid.supplier.name, row.price) for place, row in enumerate(one.winners, start=1)]
            choices = [("", "–"), *((place, f"{place} · {name} · {money(price)}") for place, name, price in offers)]
            for region in one.regions:
                self.fields[region.code] = forms.TypedChoiceField(label=region.full_name, choices=choices, coerce=int)


class AnswerToProposalForm(AnswerForm):
    """Upheld, a lot ends or goes on without one of its proposed bids, which the officer chooses."""

    def __init__(self, awards: Sequence[Award], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one = _("Upheld: this bid is set aside and the next one can be proposed")
        several = _("Upheld: the bid of %(supplier)s is set aside and the lot can be proposed anew")
        words = one if len(awards) == 1 else several
        self.fields["answer"].choices = (
            (Objection.Answer.REJECTED.value, _("Rejected: the proposal stands")),
            *((f"{SET_ASIDE}{award.place}", words % {"supplier": award.supplier.name}) for award in awards),
            (Objection.Answer.UPHELD.value, _("Upheld: the lot ends without an award")),
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        _answer, chosen, place = given.get("answer", "").partition(SET_ASIDE)
        if not chosen:
            return given | {"set_aside": None}
        return given | {"answer": Objection.Answer.UPHELD.value, "set_aside": int(place)}
