"""A tender in preparation as officers type it."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms import RegionField
from accounts.models import Organisation, Seat
from catalogue.meaning import meant
from catalogue.models import Item
from core.folding import fold
from core.grids import Grid, GridRow, GrowingGrid
from core.money import PRICE_DECIMALS
from core.templatetags.ui import quantity
from demand.models import DemandWindow
from selection.conversion import FACTOR_DECIMALS
from tenders.actions.preparation import MOST_CRITERIA, CriterionPlan, LotItemPlan, LotPartPlan, LotPlan, TenderPlan
from tenders.models import Criterion, Lot, RuleSet, Tender
from tenders.rules.preparation import MOST_CEILING_UNITS
from tenders.wording import kept, shown

NOBODY_LEFT = _("Nobody is left who may be named here. An administrator invites people and gives them the role first.")


class ProcedureForm(forms.Form):
    """How a tender runs, whatever it is about."""

    if_empty = {
        "rule_set": _("No rule set is in force. Propose one of the drafts first; a second person puts it in force."),
    }

    title = forms.CharField(label=_("Title"), max_length=200)
    envelopes = forms.TypedChoiceField(
        label=_("Envelopes"),
        coerce=int,
        choices=((2, _("two: technical, then commercial")), (1, _("one: commercial only"))),
        widget=forms.RadioSelect,
        initial=2,
    )
    rule_set = forms.ModelChoiceField(
        label=_("Rule set"),
        queryset=RuleSet.objects.none(),
        help_text=_("Marks and times that its source leaves open are defaults: see that they are those of your rules."),
    )
    openers_needed = forms.IntegerField(
        label=_("Openers needed to open"),
        initial=3,
        min_value=2,
        max_value=14,
        help_text=_("Usually 3 of 5: fewer cannot open an envelope, and two may be absent."),
    )
    summary = forms.CharField(
        label=_("Summary"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule_set"].queryset = RuleSet.objects.in_force(today)
        self.fields["rule_set"].label_from_instance = lambda rules: gettext(rules.title)


class PlanForm(ProcedureForm):
    if_empty = ProcedureForm.if_empty | {
        "window": _("No demand window yet. Open one first, let hospitals report, and lock it."),
    }
    field_order = ("title", "kind", "region", "window")

    kind = forms.ChoiceField(label=_("Kind"), choices=Item.Kind, widget=forms.RadioSelect)
    region = RegionField(help_text=_("Where the prices will apply."))
    window = forms.ModelChoiceField(
        label=_("Demand window"),
        queryset=DemandWindow.objects.none(),
        required=False,
        help_text=_("Its numbers become the volumes of the lots; it must be locked before publication."),
    )

    def __init__(self, agency: Organisation, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(today, *args, **kwargs)
        self.fields["window"].queryset = DemandWindow.objects.filter(agency=agency)

    @property
    def plan(self) -> TenderPlan:
        return TenderPlan(**self.cleaned_data)


def plan_values(tender: Tender) -> dict[str, Any]:
    """The plan of a tender as initial values of the form."""
    return {name: getattr(tender, name) for name in PlanForm.base_fields}


class ScheduleForm(forms.Form):
    deadline = forms.DateTimeField(
        label=_("Deadline"),
        widget=forms.DateTimeInput,
        help_text=_("A bid received before this instant is in time; one at this instant is late."),
    )
    supply_from = forms.DateField(label=_("First day of supply"), widget=forms.DateInput)
    supply_to = forms.DateField(label=_("Last day of supply"), widget=forms.DateInput)


def price_field(label: Promise, *, required: bool = False) -> forms.DecimalField:
    """The price of one base unit."""
    unit = forms.NumberInput(attrs={"data-unit": settings.CURRENCY})
    return forms.DecimalField(
        label=label, required=required, max_digits=18, decimal_places=PRICE_DECIMALS, min_value=0, widget=unit
    )


def units_field() -> forms.IntegerField:
    """For how many base units a ceiling price is, as it was published; for one unless said."""
    return forms.IntegerField(
        label=_("Ceiling is for"),
        required=False,
        min_value=1,
        max_value=MOST_CEILING_UNITS,
        widget=forms.NumberInput(attrs={"size": 3}),
    )


_COUNTED = re.compile(r"(.*\S)\s*(?:[×*]\s*(\S+)|[xX]\s*([0-9]+))")
MOST_DIGITS = 5  # of how many of a part a set has


class PartsField(forms.CharField):
    """The parts of a set in one cell, as a person or a spreadsheet writes them, by names, codes or numbers of the
    catalogue: I-0001; I-0002 × 2."""

    def __init__(self, **kwargs: Any) -> None:
        hint = {"placeholder": "I-0001; I-0002 × 2"}
        super().__init__(max_length=2000, widget=forms.TextInput(attrs=hint), **kwargs)

    def clean(self, value: Any) -> tuple[LotPartPlan, ...]:
        return tuple(self._part(one.strip()) for one in re.split("[;；\n]", super().clean(value)) if one.strip())

    def _part(self, text: str) -> LotPartPlan:
        counted = _COUNTED.fullmatch(text)
        name, quantity = (counted[1], counted[2] or counted[3]) if counted else (text, "1")
        items = meant([[name]])[0]
        if len(items) > 1:
            one = _("“%(name)s” means several items. Write the strength too, or the number in the catalogue.")
            raise forms.ValidationError(one, params={"name": name})
        if not items:
            raise forms.ValidationError(_("The catalogue has no item “%(reference)s”."), params={"reference": name})
        if not (quantity.isascii() and quantity.isdecimal() and len(quantity) <= MOST_DIGITS):
            raise forms.ValidationError(_("Say how many of each part a set has, 1 or more."))
        return LotPartPlan(items[0], int(quantity))


def factor_field(label: Promise) -> forms.DecimalField:
    """How many units of its lot's reference item a unit of an item counts as."""
    number = forms.NumberInput(attrs={"size": 4})
    return forms.DecimalField(
        label=label, required=False, max_digits=18, decimal_places=FACTOR_DECIMALS, min_value=0, widget=number
    )


class LotPlanRow(GridRow):
    """An item of the demand: taken as a lot or into one, or not, and at what ceiling."""

    on_demand = ("ceiling_units", "mark", "factor", "volume_factor", "offered", "parts", "with_service_fee")

    take = forms.BooleanField(label=_("Take"), required=False)
    mark = forms.CharField(
        label=_("Joint lot"), required=False, max_length=8, widget=forms.TextInput(attrs={"size": 3})
    )
    factor = factor_field(_("Counts as"))
    volume_factor = factor_field(_("In volumes as"))
    ceiling_price = price_field(_("Ceiling price"))
    ceiling_units = units_field()
    price_before = price_field(_("Price before"))
    quality_requirement = forms.CharField(label=_("Quality requirement"), required=False, max_length=300)
    offered = forms.ChoiceField(label=_("A bid is of"), choices=Lot.Offered, required=False)
    parts = PartsField(label=_("Parts of a set"), required=False)
    with_service_fee = forms.BooleanField(label=_("Service fee"), required=False)

    @property
    def row_label(self) -> str:
        return str(self.thing.item)

    @property
    def row_cells(self) -> list[dict[str, Any]]:
        unit = self.thing.item.base_unit
        return [{"label": _("Volume"), "value": quantity(self.thing.volume), "note": unit, "numeric": True}]

    @property
    def is_taken(self) -> bool:
        return self.cleaned_data.get("take", False)

    def begin(self) -> dict[str, Any]:
        return {name: getattr(self.thing, name) for name in self.base_fields}

    @property
    def item_plan(self) -> LotItemPlan:
        """The item as it counts in its lot; as itself unless said."""
        factor = self.cleaned_data["factor"]
        return LotItemPlan(
            self.thing.item, Decimal(1) if factor is None else factor, self.cleaned_data["volume_factor"]
        )

    @property
    def is_reference(self) -> bool:
        """Whether it may be the item in which its lot is counted."""
        return set(self.item_plan.factors.values()) == {1}

    @property
    def said_of_the_lot(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in OF_THE_LOT}
        return said | {"offered": said["offered"] or Lot.Offered.PRODUCT, "ceiling_units": said["ceiling_units"] or 1}


OF_THE_LOT = (
    "ceiling_price",
    "ceiling_units",
    "price_before",
    "quality_requirement",
    "offered",
    "parts",
    "with_service_fee",
)
ONLY_AT_THE_REFERENCE = ("ceiling_price", "ceiling_units", "quality_requirement", "parts")


class LotsForm(Grid):
    """The items of the demand as lots: each of its own, or those with one mark together. Of those the first that counts
    as one is the reference, with which everything else of the lot is said."""

    row = LotPlanRow
    caption = _("Items of the demand")
    heading = _("Item")
    ask_for_all = _("Joint lots, sets and fees")
    whole = True
    wide = True

    def clean(self) -> None:
        super().clean()
        for reference, *others in self.joined if all(row.is_valid() for row in self.rows) else ():
            if not reference.is_reference:
                reference.add_error("factor", _("One item of a lot is its reference and counts as 1."))
            for row in others:
                for name in ONLY_AT_THE_REFERENCE:
                    if row.cleaned_data.get(name):
                        told = gettext("This is said of the whole lot: write it at “%(item)s”.")
                        row.add_error(name, told % {"item": reference.row_label})

    @cached_property
    def joined(self) -> list[list[Any]]:
        """The valid rows of each lot, the reference first: found once, because what is refused is counted by them."""
        lots: dict[str, list[Any]] = {}
        for row in self.rows:
            if row.is_taken:
                mark = fold(row.cleaned_data["mark"])
                lots.setdefault(f"mark {mark}" if mark else row.key, []).append(row)
        return [sorted(rows, key=lambda row: not row.is_reference) for rows in lots.values()]

    @property
    def taken(self) -> list[Any]:
        """The reference rows: what is refused about a lot stands there."""
        return [reference for reference, *_others in self.joined]

    @property
    def lots(self) -> list[LotPlan]:
        return [
            LotPlan(title=self._title(rows), items=tuple(row.item_plan for row in rows), **rows[0].said_of_the_lot)
            for rows in self.joined
        ]

    def _title(self, rows: Sequence[Any]) -> str:
        """The title that the lot has in the draft; none where other items make it up now."""
        before = rows[0].thing
        known = {row.key for row in self.rows if before.mark and row.thing.mark == before.mark} or {rows[0].key}
        return before.title if known == {row.key for row in rows} else ""


class CriterionRow(GridRow):
    """A criterion; without a title the row is left out."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Criterion.Kind, initial=Criterion.Kind.SCORED)
    title = forms.CharField(
        label=_("Criterion"), required=False, max_length=200, widget=forms.TextInput(attrs={"size": 45})
    )
    guidance = forms.CharField(
        label=_("Guidance"), required=False, max_length=500, widget=forms.TextInput(attrs={"size": 45})
    )
    max_points = forms.IntegerField(
        label=_("Points"), required=False, min_value=0, max_value=100, widget=forms.NumberInput(attrs={"size": 3})
    )

    @property
    def row_label(self) -> str:
        return self.key

    @property
    def is_taken(self) -> bool:
        return bool(self.cleaned_data.get("title"))

    def begin(self) -> dict[str, Any]:
        words = {name: shown(getattr(self.thing, name)) for name in ("title", "guidance")}
        return {**vars(self.thing), **words, "max_points": self.thing.max_points or None}

    @property
    def plan(self) -> CriterionPlan:
        words = {name: kept(self.cleaned_data[name]) for name in ("title", "guidance")}
        return CriterionPlan(**{**self.cleaned_data, **words, "max_points": self.cleaned_data["max_points"] or 0})


class CriteriaForm(GrowingGrid):
    """Criteria with some blank rows for more; the rows are their numbers."""

    row = CriterionRow
    caption = _("Criteria")
    heading = _("Number")
    whole = True
    borrows = True  # what was asked for in another tender may be asked for here
    most = MOST_CRITERIA
    spare = 5

    @property
    def criteria(self) -> list[CriterionPlan]:
        return [row.plan for row in self.taken]


class NameForm(forms.Form):
    """Some people for places in a tender, among those who may be named."""

    if_empty = {"seats": NOBODY_LEFT}

    seats = forms.ModelMultipleChoiceField(
        label=_("People"), queryset=Seat.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, candidates: QuerySet[Seat], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seats"].queryset = candidates


class ReplaceForm(forms.Form):
    """Somebody else for a place."""

    if_empty = {"seat": NOBODY_LEFT}

    seat = forms.ModelChoiceField(label=_("Person"), queryset=Seat.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Kept for the record."))

    def __init__(self, candidates: QuerySet[Seat], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = candidates


class DeclarationForm(forms.Form):
    has_interest = forms.TypedChoiceField(
        label=_("Your declaration"),
        coerce=lambda value: value == "yes",
        choices=(
            ("no", _("I have no interest in this tender and no tie to anybody who may bid in it.")),
            ("yes", _("I have an interest or a tie, and must be replaced.")),
        ),
        widget=forms.RadioSelect,
    )


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Kept for the record."))
