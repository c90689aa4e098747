"""Rules as officers write them: a field for each thing that they say, tables by lines."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, get_type_hints

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selection.ruleset import TenderRules, Unfit, from_json, to_json
from tenders.actions.rule_sets import RuleSetPlan
from tenders.models import RuleSet, RuleSetDraft
from tenders.presentation.rules import COUNTED, FIELDS, METHODS, PARTS, TIES
from tenders.wording import kept, shown

_CHOICES: Mapping[tuple[str, str], Any] = {
    ("ties", "order"): [
        ("score,lots_drawn", f"{TIES['score']} → {TIES['lots_drawn']}"),
        ("lots_drawn", TIES["lots_drawn"]),
    ],
    ("selection", "counted"): list(COUNTED.items()),
    ("allocation", "method"): list(METHODS.items()),
}
_HINTS = {
    ("evaluation", "shortlist"): gettext_lazy("A line for each number of bids: “7: 4” lets four of seven go on."),
    ("evaluation", "shortlist_rest"): gettext_lazy("A share and a cap, as 0.5 / 5. Empty: as in the last row."),
    ("selection", "places"): gettext_lazy("A line for each number of competitors: “3: 2” lets two of three win."),
    ("selection", "places_rest"): gettext_lazy("A share and a cap, as 1 / 10. Empty: as in the last row."),
    ("selection", "anchor_mean"): gettext_lazy("As 0.5. Empty: the anchor is the lowest price."),
    ("selection", "limit"): gettext_lazy("As 1.8. Empty: no price is out for it."),
    ("selection", "cut"): gettext_lazy("As 0.5. Empty: no cut excuses a price."),
    ("allocation", "shares"): gettext_lazy("A line for each number of winners: “2: 0.6 / 0.4”."),
    ("allocation", "agreed"): gettext_lazy("A line for each number of winners: “1: 0.5”. Empty: all of the need."),
}


class RowsField(forms.CharField):
    """A table by number, a line a row: ``7: 4``, or ``2: 0.6 / 0.4``. Its value is the JSON of a rule set."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, whole: bool, several: bool = False, **kwargs: Any) -> None:
        self.whole, self.several = whole, several
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        rows = sorted(value.items(), key=lambda row: int(row[0]))
        return "\n".join(f"{row}: {' / '.join(map(str, _list(given)))}" for row, given in rows)

    def clean(self, value: Any) -> dict[str, Any]:
        text = super().clean(value).replace("：", ":")
        rows = [line.partition(":") for line in text.splitlines() if line.strip()]
        return {str(_number(row, line)): self._given(given, line) for line, (row, _colon, given) in enumerate(rows, 1)}

    def _given(self, text: str, line: int) -> Any:
        if self.whole:
            return _number(text, line)
        given = [_decimal(part, line) for part in text.split("/")]
        if not self.several and len(given) != 1:
            raise forms.ValidationError(_("Line %(line)s: give one number.") % {"line": line}, code="invalid")
        return given if self.several else given[0]


class RestField(forms.CharField):
    """A share and a cap, as ``0.5 / 5``; nothing for none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return " / ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[Any] | None:
        text = super().clean(value)
        if not text:
            return None
        share, _slash, cap = text.partition("/")
        return [_decimal(share, 1), _number(cap, 1)]


class RuleSetForm(forms.Form):
    """A rule set begun from another: what it is called, and each field of its parts."""

    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("Rules of one code follow each other as versions. Another code is another rule set."),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=300, help_text=gettext_lazy("The notice or law that says so.")
    )
    unverified = forms.CharField(
        label=gettext_lazy("Not verified"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What nobody could verify: told to who chooses these rules, printed in no notice."),
    )

    def __init__(self, start: RuleSet | RuleSetDraft, *args: Any, own: bool = False, **kwargs: Any) -> None:
        self.start, self.own = start, own
        words = {name: shown(getattr(start, name)) for name in ("title", "source", "unverified")}
        initial = {"code": start.code, **words, **_initial(start.body)}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["code"].disabled = own
        for part, kind in get_type_hints(TenderRules).items():
            for field, hint in get_type_hints(kind).items():
                self.fields[f"{part}.{field}"] = _field(part, field, hint)

    @property
    def parts(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """The fields of each part under its name; first those that name the rules."""
        yield _("What it is"), [self[name] for name in self.base_fields]
        for part, label in PARTS.items():
            yield label, [self[name] for name in self.fields if name.startswith(f"{part}.")]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors:
            try:
                from_json(self.body)
            except Unfit as unfit:
                self.add_error(f"{unfit.part}.{unfit.field}", unfit.why)
        return cleaned

    @property
    def body(self) -> dict[str, Any]:
        """The document that the form says."""
        body: dict[str, Any] = to_json(TenderRules())
        for name, value in self.cleaned_data.items():
            part, _dot, field = name.partition(".")
            if field:
                body[part][field] = _as_json(value, part, field)
        return body

    @property
    def plan(self) -> RuleSetPlan:
        named = {name: kept(self.cleaned_data[name]) for name in ("title", "source", "unverified")}
        based_on = self.start if isinstance(self.start, RuleSet) else self.start.based_on
        return RuleSetPlan(code=self.cleaned_data["code"], body=self.body, based_on=based_on, **named)


class ProposeRuleSetForm(forms.Form):
    valid_from = forms.DateField(label=gettext_lazy("To hold from"), widget=forms.DateInput)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class RefuseRuleSetForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class TrialForm(forms.Form):
    """Made-up prices for a trial: one a line, of the bidder whose name follows where it shall count with another."""

    prices = forms.CharField(
        label=gettext_lazy("Comparable prices"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("A line a bid: “12.50 Company A”. Bids of one name count as one company."),
    )
    ceiling = forms.DecimalField(label=gettext_lazy("Ceiling"), min_value=0, max_digits=18, decimal_places=6)
    need = forms.IntegerField(
        label=gettext_lazy("Reported need"), min_value=0, max_value=10**12, required=False, initial=0
    )

    def clean_prices(self) -> list[tuple[Decimal, str]]:
        found = []
        for line, text in enumerate(self.cleaned_data["prices"].splitlines(), 1):
            if text.strip():
                written, _blank, name = text.strip().partition(" ")
                price = Decimal(_decimal(written, line))
                if price <= 0:
                    raise forms.ValidationError(_("Line %(line)s: a price is above zero.") % {"line": line})
                found.append((price, name.strip() or _("bidder %(number)s") % {"number": line}))
        if not 0 < len(found) <= 60:
            raise forms.ValidationError(_("Give from 1 to 60 prices."))
        return found


def _field(part: str, field: str, hint: Any) -> forms.Field:
    """The form's field for a field of the rules, by its type."""
    said = {"label": FIELDS[part, field].label, "help_text": _HINTS.get((part, field), "")}
    if choices := _CHOICES.get((part, field)):
        return forms.ChoiceField(choices=choices, **said)
    if hint is bool:
        return forms.BooleanField(required=False, **said)
    if hint is int:
        return forms.IntegerField(**said)
    if hint == Decimal | None:
        return forms.DecimalField(required=False, max_digits=18, decimal_places=6, **said)
    if hint == tuple[Decimal, int] | None:
        return RestField(**said)
    of = hint.__args__[1]
    return RowsField(whole=of is int, several=of not in (int, Decimal), **said)


def _initial(body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f"{part}.{field}": ",".join(value) if part == "ties" else value
        for part in PARTS
        for field, value in body[part].items()
    }


def _as_json(value: Any, part: str, field: str) -> Any:
    if part == "ties":
        return value.split(",")
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _number(text: str, line: int) -> int:
    if not text.strip().isdecimal():
        raise forms.ValidationError(_("Line %(line)s: a whole number is asked for.") % {"line": line}, code="invalid")
    return int(text)


def _decimal(text: str, line: int) -> str:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise forms.ValidationError(_("Line %(line)s: a number is asked for.") % {"line": line}, code="invalid")
    return f"{number.normalize():f}"
