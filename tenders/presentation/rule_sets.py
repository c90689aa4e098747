"""What the pages of rule sets show: the rules in words, what differs, what the check says, what a trial gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Seat
from accounts.permissions import Permission
from core.templatetags.ui import price, quantity
from selection.allocation import Need, agreed
from selection.ruleset import TenderRules, from_json
from selection.selecting import Chosen, Contender, Fate, select
from tenders.models import RuleSet, RuleSetDraft
from tenders.presentation.rules import FIELDS, PARTS, part_facts, told
from tenders.rule_faults import faults_of
from tenders.tables import draft_tone
from tenders.wording import shown

FATES = {
    Fate.WINNER: (gettext_lazy("wins"), "good"),
    Fate.STANDBY: (gettext_lazy("stands by"), "info"),
    Fate.NO_PLACE: (gettext_lazy("no place left"), "quiet"),
    Fate.ABOVE_LIMIT: (gettext_lazy("above the limit"), "bad"),
    Fate.HIGHEST: (gettext_lazy("the highest of several"), "bad"),
    Fate.SAME_COMPANY: (gettext_lazy("counts as one with a better bid"), "quiet"),
}
EXCUSES = {
    "within": gettext_lazy("within the limit"),
    "low": gettext_lazy("a low price is never out"),
    "cut": gettext_lazy("a large cut is never out"),
}


@dataclass(frozen=True)
class Changed:
    """A field that two rule sets have otherwise."""

    where: Any
    what: Any
    before: Any
    after: Any
    is_hash: bool = False


@dataclass(frozen=True)
class Line:
    """A bid of a trial: what became of it, and the numbers that lead there."""

    chosen: Chosen
    name: str

    @property
    def price(self) -> str:
        return price(_decimal(self.chosen.arithmetic["comparable_exact"]))

    @property
    def fate(self) -> Any:
        return FATES[self.chosen.fate][0]

    @property
    def tone(self) -> str:
        return FATES[self.chosen.fate][1]

    @property
    def why(self) -> str:
        numbers = self.chosen.arithmetic
        words = [_("%(places)s places for %(competitors)s competitors") % numbers]
        if numbers["limit_exact"]:
            words.append(_("limit %(limit)s") % {"limit": price(_decimal(numbers["limit_exact"]))})
            words.append(str(EXCUSES.get(numbers["excuse"], "")))
        return _("; ").join(word for word in words if word)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Changed]:
    """The fields in which two documents of rules differ, in words."""
    one, other = from_json(before), from_json(after)
    return [
        Changed(PARTS[part], FIELDS[part, field].label, told(one, part, field), told(other, part, field))
        for part, field in FIELDS
        if getattr(getattr(one, part), field) != getattr(getattr(other, part), field)
    ]


def rule_set_context(rules: RuleSet, seat: Seat) -> dict[str, Any]:
    """A version of a rule set, and what the version before had otherwise."""
    before = RuleSet.objects.filter(code=rules.code, version__lt=rules.version).order_by("-version").first()
    return {
        "rules": rules,
        "parts": part_facts(from_json(rules.body)),
        "facts": [
            {"label": _("Source"), "value": shown(rules.source)},
            {"label": _("In force from"), "value": rules.valid_from},
        ],
        "before": before,
        "differences": differences(before.body, rules.body) if before else [],
        "may_draft": seat.may(Permission.PREPARE_TENDER),
    }


def draft_context(draft: RuleSetDraft, seat: Seat) -> dict[str, Any]:
    """A draft with what the check says, what it changes, and what this seat may do with it now."""
    before = draft.based_on or RuleSet.objects.filter(code=draft.code).order_by("-version").first()
    return {
        "draft": draft,
        "tone": draft_tone(draft),
        "acts": _acts(draft, seat),
        "hint": _hint(draft, seat),
        "facts": _facts(draft),
        "faults": [
            {"part": PARTS.get(one.part, one.part), "where": _where(one.part, one.field), "said": one.message}
            for one in faults_of(draft.body)
        ],
        "before": before,
        "differences": differences(before.body, draft.body) if before else [],
        "parts": part_facts(from_json(draft.body)),
    }


def effects(draft: RuleSetDraft) -> list[str]:
    """What putting rules in force does."""
    return [
        _("From %(day)s on tenders can be prepared by these rules.") % {"day": draft.valid_from},
        _("What is published keeps the rules that it was published with."),
    ]


def trial(draft: RuleSetDraft, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Who would win of made-up bids, at what price and for how much of the need."""
    rules = from_json(draft.body)
    if faults_of(draft.body):
        return {"faulty": True}
    prices = sorted(enumerate(asked["prices"], start=1), key=lambda one: (one[1][0], one[0]))
    contenders = [
        Contender(f"B-{number}", rank, Fraction(amount), name)
        for rank, (number, (amount, name)) in enumerate(prices, start=1)
    ]
    names = {one.bid: one.company for one in contenders}
    chosen = select(contenders, rules.selection, Fraction(asked["ceiling"]))
    return {
        "lines": [Line(one, names[one.bid]) for one in chosen],
        "result": _volume(rules, sum(one.fate is Fate.WINNER for one in chosen), asked["need"] or 0),
    }


def _volume(rules: TenderRules, winners: int, need: int) -> str:
    (part,) = agreed(rules, winners, [Need("", "", need)])
    return _("Winners: %(winners)s. Agreed of the need: %(units)s.") % {
        "winners": winners,
        "units": quantity(part.units),
    }


def _where(part: str, field: str) -> Any:
    return FIELDS[part, field].label if (part, field) in FIELDS else field


def _facts(draft: RuleSetDraft) -> list[dict[str, Any]]:
    facts = [
        {"label": _("Code"), "value": draft.code},
        {"label": _("Source"), "value": shown(draft.source)},
        {"label": _("For"), "value": _("trial only: this round is over") if draft.closed else _("use")},
        {"label": _("Drafted by"), "value": draft.drafted_by.signature if draft.drafted_by else _("the release")},
    ]
    if draft.proposed_by:
        facts.append({"label": _("Proposed by"), "value": draft.proposed_by.signature, "note": draft.reason})
        facts.append({"label": _("To hold from"), "value": draft.valid_from})
    if draft.decided_by:
        facts.append({"label": _("Decided by"), "value": draft.decided_by.signature, "note": draft.refusal})
    if draft.rule_set:
        facts.append({"label": _("Rule set"), "value": draft.rule_set, "url": draft.rule_set.get_absolute_url()})
    return facts


def _hint(draft: RuleSetDraft, seat: Seat) -> str:
    if draft.status == RuleSetDraft.Status.PROPOSED and _is_of(draft.proposed_by, seat):
        return _("Another person puts these rules in force or refuses them. You may take them back until then.")
    if draft.status == RuleSetDraft.Status.DRAFTED and draft.closed:
        return _("This round is over. Its rules are here to be tried, compared and begun from.")
    return ""


def _acts(draft: RuleSetDraft, seat: Seat) -> Sequence[dict[str, Any]]:
    """What this seat may do, as buttons; the first of a row is the next step."""
    prepares, decides = seat.may(Permission.PREPARE_TENDER), seat.may(Permission.PUBLISH_TENDER)
    named: list[tuple[str, str, bool]] = []
    if draft.status == RuleSetDraft.Status.DRAFTED and prepares:
        own = _is_of(draft.drafted_by, seat)
        if (own or draft.drafted_by is None) and not draft.closed:
            named.append(("propose-rule-set", _("Propose"), True))
        if own:
            named.append(("edit-rule-set", _("Edit"), False))
        named.append(("withdraw-rule-set", _("Give up"), False))
    elif draft.status == RuleSetDraft.Status.PROPOSED:
        if prepares and _is_of(draft.proposed_by, seat):
            named.append(("take-back-rule-set", _("Take back"), False))
        elif decides and not _is_of(draft.drafted_by, seat):
            named.append(("refuse-rule-set", _("Refuse"), False))
            named.append(("put-rule-set-in-force", _("Put in force"), True))
    acts = [
        {"url": reverse(f"tenders:{name}", args=[draft.reference]), "label": label, "first": first}
        for name, label, first in named
    ]
    if prepares:
        url = f"{reverse('tenders:draft-rule-set')}?from={draft.reference}"
        acts.append({"url": url, "label": _("Draft from this"), "first": False})
    return acts


def _is_of(one: Seat | None, seat: Seat) -> bool:
    return one is not None and one.person_id == seat.person_id


def _decimal(exact: str) -> Decimal:
    number = Fraction(exact)
    return Decimal(number.numerator) / number.denominator
