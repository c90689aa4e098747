"""The table of a negotiation, a price a pack, and how the talk ended, as people say it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from accounts.permissions import OrganisationKind
from awards.actions.negotiation import NegotiationPlan
from awards.actions.negotiation.ending import Outcome
from awards.models import Negotiation
from selection.negotiation import NegotiationRules
from tenders.models import Bid, Lot, Qualification

_DEFAULTS = NegotiationRules()
_WAYS = [choice for choice in Negotiation.LeadsOn.choices if choice[0] not in ("", "award")]
_WHY_NOT = [choice for choice in Negotiation.Reason.choices if choice[0] not in ("", "lapsed")]


class OpenNegotiationForm(forms.Form):
    """With whom, who sits at the table, and by which rules."""

    bid = forms.ModelChoiceField(Bid.objects.none(), label=_("Qualified bid"))
    agency_seat = forms.ModelChoiceField(Seat.objects.none(), label=_("For the agency"))
    hospital_seat = forms.ModelChoiceField(Seat.objects.none(), label=_("For the hospitals"))
    payer_seat = forms.ModelChoiceField(Seat.objects.none(), label=_("For the payer"))
    expert = forms.ModelChoiceField(
        Seat.objects.none(),
        label=_("Expert who seals the reserve price"),
        required=False,
        empty_label=_("nobody: without a reserve price"),
    )
    rounds = forms.IntegerField(label=_("Offers in all"), min_value=1, max_value=20, initial=_DEFAULTS.rounds)
    quotes = forms.IntegerField(
        label=_("Quotes before the comparison"),
        min_value=1,
        max_value=20,
        initial=_DEFAULTS.quotes,
        help_text=_("Where more offers than these may follow, the last quote is held against the sealed reserve."),
    )
    within = forms.DecimalField(
        label=_("Near enough up to, times the reserve"),
        min_value=Decimal(1),
        max_value=Decimal(10),
        max_digits=6,
        decimal_places=4,
        initial=_DEFAULTS.within,
    )
    offer_days = forms.IntegerField(
        label=_("Days for an offer"), min_value=1, max_value=60, initial=_DEFAULTS.offer_days
    )
    answer_days = forms.IntegerField(
        label=_("Days for an answer"), min_value=1, max_value=60, initial=_DEFAULTS.answer_days
    )
    days = forms.IntegerField(label=_("Days for the whole"), min_value=1, max_value=365, initial=30)
    confidential = forms.BooleanField(
        label=_("The price is confidential by agreement"),
        required=False,
        help_text=_("It stands in the record as a salted hash; parties and auditors see it."),
    )

    def __init__(self, lot: Lot, day: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        passed = Qualification.objects.filter(result=lot.technical_result, verdict=Qualification.Verdict.QUALIFIED)
        bids = Bid.objects.filter(pk__in=passed.values("bid")).select_related("supplier", "product_version__product")
        self.fields["bid"].queryset = bids
        self.fields["bid"].label_from_instance = lambda bid: f"{bid.supplier} · {bid.subject}"
        current = Seat.objects.current(day).select_related("person", "organisation").order_by("organisation__name")
        table = current.with_role("negotiator")
        kinds = {"hospital_seat": OrganisationKind.HOSPITAL, "payer_seat": OrganisationKind.PAYER}
        self.fields["agency_seat"].queryset = table.filter(organisation=lot.tender.agency_id)
        for name, kind in kinds.items():
            self.fields[name].queryset = table.filter(organisation__kind=kind)
        self.fields["expert"].queryset = current.with_role("evaluator")

    @property
    def plan(self) -> NegotiationPlan:
        given = dict(self.cleaned_data)
        given.pop("bid")
        rules = {name: given.pop(name) for name in ("rounds", "quotes", "within", "offer_days", "answer_days")}
        return NegotiationPlan(rules=NegotiationRules(**rules), **given)


class PackPriceForm(forms.Form):
    price = forms.DecimalField(label=_("Price a pack"), max_digits=18, decimal_places=6)


class OutcomeForm(forms.Form):
    """Agreed at the last offer, or why not and where that leads."""

    reason = forms.ChoiceField(
        label=_("How the talk ended"), required=False, choices=[("", _("agreed at the last offer")), *_WHY_NOT]
    )
    leads_on = forms.ChoiceField(
        label=_("What a failure leads to"), required=False, choices=[("", _("none: it is agreed")), *_WAYS]
    )
    text = forms.CharField(label=_("Remarks"), required=False, max_length=2000, widget=forms.Textarea)

    @property
    def outcome(self) -> Outcome:
        given = self.cleaned_data
        return Outcome(given["reason"], given["leads_on"] or Negotiation.LeadsOn.AWARD.value, given["text"])


class LeadsOnForm(forms.Form):
    leads_on = forms.ChoiceField(label=_("What it leads to"), choices=[("", "–"), *_WAYS])


class FollowedForm(forms.Form):
    what = forms.CharField(
        label=_("What followed"), max_length=300, help_text=_("The tender, listing or entry, by its reference.")
    )
