"""What evaluators enter: the formal review of a bid, and points by criterion."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenders.models import Criterion, FormalReview
from tenders.wording import shown


class ReviewForm(forms.Form):
    """Whether the formal requirements are met, and if not, which one is missing."""

    passed = forms.TypedChoiceField(
        label=gettext_lazy("Formal requirements"),
        choices=(("yes", gettext_lazy("All are met")), ("no", gettext_lazy("At least one is not met"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Which requirement is not met, and why"),
        help_text=gettext_lazy("The reason is published with the result."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @classmethod
    def of(cls, review: FormalReview | None, data: Any = None) -> "ReviewForm":
        known = {"passed": "yes" if review.passed else "no", "reason": review.reason} if review else {}
        return cls(data, initial=known)


class PointsForm(forms.Form):
    """Points for each scored criterion, named by the criterion's key."""

    def __init__(self, criteria: Sequence[Criterion], points: Mapping[str, Decimal], data: Any = None) -> None:
        super().__init__(data, initial=dict(points))
        self.criteria = criteria
        for criterion in criteria:
            self.fields[criterion.key] = forms.DecimalField(
                label=shown(criterion.title),
                help_text=shown(criterion.guidance),
                min_value=0,
                max_value=criterion.max_points,
                max_digits=6,
                decimal_places=2,
                widget=forms.NumberInput(
                    attrs={
                        "data-unit": _("of %(most)d") % {"most": criterion.max_points},
                        "data-points": str(criterion.max_points),
                    }
                ),
            )

    def points(self) -> dict[int, Decimal]:
        """The points by number of the criterion, as the action takes them."""
        return {criterion.number: self.cleaned_data[criterion.key] for criterion in self.criteria}

    @property
    def most(self) -> int:
        return sum(criterion.max_points for criterion in self.criteria)
