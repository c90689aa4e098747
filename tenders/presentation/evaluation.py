"""What the pages of the technical evaluation show: its lists, the scoring desk, and what signing and publishing do."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from accounts.forms import PasskeyForm
from accounts.models import Seat
from accounts.passkeys import request_options
from core.errors import Refused
from core.shell import Decided
from core.tables import Column, Empty, Table
from selection.evaluation import Judged, Verdict, is_competition
from selection.ruleset import RuleSet
from tenders.actions.evaluation import verdicts_of
from tenders.actions.rounds import carried
from tenders.models import Bid, Criterion, Lot, Qualification
from tenders.presentation.desk import LotDesk, bid_desks, envelope_of, evaluator_of, may_evaluate, signatures_of
from tenders.report import challenge_of
from tenders.wording import shown


class LotDeskTable(Table):
    name = "evaluation"
    caption = gettext_lazy("Lots")
    exports = ()
    columns = (
        Column("number", gettext_lazy("Lot"), value="lot.number", kind="number", url="url"),
        Column("title", gettext_lazy("Title"), value="lot.title", url="url"),
        Column("state", gettext_lazy("Status"), value="label", kind="status", tone="tone"),
        Column("bids", gettext_lazy("Bids"), kind="number"),
        Column("reviewed", gettext_lazy("Reviewed"), value="reviewed_of"),
        Column("scored", gettext_lazy("Scored by you"), value="scored_of"),
        Column("signed", gettext_lazy("Signatures"), value="signed_of"),
    )
    empty = Empty(gettext_lazy("This tender has no lot"))


class BidDeskTable(Table):
    name = "bids"
    caption = gettext_lazy("Bids to evaluate")
    exports = ()
    columns = (
        Column("reference", gettext_lazy("Bid"), value="bid.reference", kind="reference", url="url"),
        Column("supplier", pgettext_lazy("tender", "Supplier"), value="bid.supplier.name"),
        Column("product", gettext_lazy("Product"), value="bid.subject"),
        Column("state", gettext_lazy("Status"), value="label", kind="status", tone="tone", note="review.reason"),
        Column("total", gettext_lazy("Your points"), kind="number", value=lambda desk: desk.total),
    )
    empty = Empty(
        gettext_lazy("There is nothing to see yet"),
        gettext_lazy("Bids appear here when the deadline has passed and the openers are asked for them."),
    )


def scoring_context(bid: Bid, seat: Seat) -> dict[str, Any]:
    """What the scoring desk shows of one bid: its envelope, its review, where it stands among the others."""
    lot = bid.lot
    found = bid_desks(lot, seat)
    place = next((place for place, desk in enumerate(found) if desk.bid == bid), 0)
    desk = found[place]
    criteria = list(lot.tender.criteria.all())
    evaluator = evaluator_of(lot, seat)
    signatures = [at for _evaluator, at in signatures_of(lot)]
    return envelope_of(bid, criteria) | {
        "bid": desk.bid,
        "lot": lot,
        "tender": lot.tender,
        "desk": desk,
        "formal": [criterion for criterion in criteria if criterion.kind == Criterion.Kind.FORMAL],
        "scored": [criterion for criterion in criteria if criterion.kind == Criterion.Kind.SCORED],
        "place": place + 1,
        "bids": len(found),
        "done": sum(one.state in ("scored", "formal", "met") for one in found),
        "previous": found[place - 1].bid if place else None,
        "following": found[place + 1].bid if place + 1 < len(found) else None,
        "evaluates": may_evaluate(evaluator) and lot.status == Lot.Status.OPEN and desk.readable,
        "signed": evaluator is not None and evaluator.signatures.standing().filter(lot=lot).exists(),
        "review_fixed": any(signatures) or desk.kept,
        "points_kept": evaluator is not None and bid.pk in carried(lot, evaluator),
    }


def points_decided(lot: Lot, seat: Seat) -> Decided:
    """The points that a seat signs, bid by bid, as they will stand."""
    criteria = [one for one in lot.tender.criteria.order_by("number") if one.kind == Criterion.Kind.SCORED]
    rows = [
        (
            one.bid.reference,
            one.bid.supplier.name,
            one.label,
            *(_points(one.points.get(criterion.key)) for criterion in criteria),
            _points(one.total),
        )
        for one in bid_desks(lot, seat)
    ]
    asked = [f"{shown(one.title)} ({one.max_points})" for one in criteria]
    columns = (_("Bid"), pgettext("tender", "Supplier"), _("Review"), *asked, _("Total"))
    return Decided(_("Your points"), columns, rows, figures=len(asked) + 1)


def verdicts_decided(lots: Sequence[Lot], rules: RuleSet) -> list[Decided]:
    """The verdict that publishing makes of every bid, and what becomes of each lot."""
    found = verdicts_of(lots, rules)
    return [
        Decided(
            _("Lot %(lot)d: %(title)s") % {"lot": lot.number, "title": lot.title},
            (_("Bid"), pgettext("tender", "Supplier"), _("Verdict"), _("Score")),
            [
                (bid.reference, bid.supplier.name, _verdict(judged), _points(judged.score))
                for bid, judged in found[lot.pk]
            ],
            figures=1,
            outcome=_what_becomes([judged for _bid, judged in found[lot.pk]], rules),
        )
        for lot in lots
    ]


def _verdict(judged: Judged) -> str:
    label = Qualification(verdict=judged.verdict).get_verdict_display()
    reason = judged.arithmetic["formal_failure"]
    return f"{label}: {reason}" if reason else str(label)


def _what_becomes(found: Sequence[Judged], rules: RuleSet) -> str:
    passed = sum(judged.verdict is Verdict.QUALIFIED for judged in found)
    if not passed:
        return _("Nobody passes: the lot ends as failed, and no price of it is ever opened.")
    if not is_competition(found, rules.evaluation):
        return _("The lot ends and goes to negotiation: a competition needs %(least)d qualified bids.") % {
            "least": rules.evaluation.minimum_for_competition
        }
    return _("Bids that go on: %(passed)d of %(all)d. Their prices can be opened.") % {
        "passed": passed,
        "all": len(found),
    }


def _points(value: Decimal | None) -> str:
    return "–" if value is None else f"{value.normalize():f}"


def sign_effects(desk: LotDesk) -> list[str]:
    """What signing will do, in sentences."""
    return [
        _("Your reviews and points of every bid (%(bids)d) in lot %(lot)d stay as they are for ever.")
        % {"bids": desk.readable, "lot": desk.lot.number},
        _("Your name stands under the technical result. Your points are published in it without your name."),
        _("When all %(all)d evaluators have signed, the agency can publish the result. %(signed)d have signed so far.")
        % {"all": desk.evaluators, "signed": desk.signed},
    ]


def passkey_to_sign(lot: Lot, seat: Seat) -> dict[str, Any] | None:
    """How the browser asks for the evaluator's passkey over the own sheet; None for a person without one."""
    evaluator = evaluator_of(lot, seat) if hasattr(lot.tender, "close") else None
    if evaluator is None or not seat.person.passkeys.in_use().exists():
        return None
    return request_options(seat.person, challenge_of(lot, evaluator))


def assertion_in(sent: Any, seat: Seat) -> dict[str, Any] | None:
    """The passkey's answer in a form; Refused where there is none from a person who has a passkey."""
    form = PasskeyForm(sent)
    if form.is_valid():
        return form.cleaned_data["credential"]
    if seat.person.passkeys.in_use().exists():
        raise Refused(_("Sign with your passkey."), field="credential", code="passkey")
    return None


def publish_effects(lots: Sequence[LotDesk], days: int) -> list[str]:
    """What publishing the results of these lots will do, in sentences."""
    return [
        _("The verdict on every bid (%(bids)d) becomes public, with its reason and arithmetic.")
        % {"bids": sum(desk.bids for desk in lots)},
        _("Prices of bids that did not pass stay sealed for ever: no opener is ever asked for them."),
        _("Bidders are told, and may object for %(days)d full days. Then the openers can be asked for prices.")
        % {"days": days}
        if days
        else _("Bidders are told, and the openers can be asked for prices at once."),
    ]
