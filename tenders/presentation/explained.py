"""How each bid of a lot fared, from received to rank, as a losing bidder would check it with a pocket calculator.

What is shown here is public: verdicts exist from the publication of the technical result on, prices from
their opening on. Of a bid that failed there is no price to be shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.ui import price, quantity
from selection.ruleset import RuleSet, from_json
from tenders.models import (
    Bid,
    BidProduct,
    Hold,
    Lot,
    Objection,
    OfferedProduct,
    Qualification,
    Ranking,
    Round,
    TechnicalResult,
)

TONES = {"qualified": "good", "valid": "good"}


@dataclass(frozen=True)
class Mark:
    """One station on a bid's way: words and tone."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class CriterionLine:
    """One scored criterion in a bid's arithmetic: the evaluators' points and their mean."""

    title: str
    most: int
    points: Sequence[str]
    mean: str


@dataclass(frozen=True)
class Path:
    """The way of one bid, and what it was computed from."""

    bid: Bid
    received_at: datetime | None
    qualification: Qualification
    ranking: Ranking | None
    criteria: dict[str, Any] = field(repr=False)

    @property
    def products(self) -> list[BidProduct]:
        """Everything that the bid covers: its product and further ones, all models, or the parts of a set."""
        return list(self.bid.products.all())

    @property
    def covers(self) -> str:
        """What the bid is of, in one line."""
        count = len(self.products)
        further = sum(row.further for row in self.products)
        if further:
            words = ngettext(
                "%(product)s and %(n)d further specification", "%(product)s and %(n)d further specifications", further
            )
            return words % {"product": self.products[0].product_version, "n": further}
        if self.bid.registration:
            words = ngettext("registration %(number)s, %(n)d model", "registration %(number)s, %(n)d models", count)
            return words % {"number": self.bid.registration, "n": count}
        first = str(self.products[0].product_version)
        return first if count == 1 else _("%(product)s; further parts: %(n)d") % {"product": first, "n": count - 1}

    @property
    def offered(self) -> list[OfferedProduct]:
        """What can be ordered at the opened price, each product at its own."""
        return list(self.bid.offered.all())

    @property
    def sealed_for_ever(self) -> bool:
        return self.qualification.verdict != Qualification.Verdict.QUALIFIED

    @property
    def technical(self) -> dict[str, Any]:
        return self.qualification.arithmetic

    @property
    def commercial(self) -> dict[str, Any]:
        return self.ranking.arithmetic if self.ranking else {}

    @property
    def lines(self) -> list[CriterionLine]:
        """The scored criteria in their order."""
        return [
            CriterionLine(
                self.criteria[line["criterion"]].title,
                self.criteria[line["criterion"]].max_points,
                line["points"],
                line["mean"],
            )
            for line in self.technical.get("criteria", ())
        ]

    @property
    def leads(self) -> bool:
        return self.ranking is not None and self.ranking.rank == 1

    @property
    def outcome(self) -> Mark:
        """Where the way has led so far."""
        if self.ranking and self.ranking.rank:
            return Mark(_("rank %(rank)d") % {"rank": self.ranking.rank}, "info")
        if self.ranking:
            return Mark(self.ranking.get_verdict_display(), "bad")
        if self.sealed_for_ever:
            return Mark(self.qualification.get_verdict_display(), "bad")
        return Mark(_("qualified"), "good")

    @property
    def marks(self) -> list[Mark]:
        """The stations in one line."""
        return [mark for mark in (*self._technical_marks(), *self._commercial_marks()) if mark.text]

    def _technical_marks(self) -> Iterator[Mark]:
        yield Mark(_("received"))
        verdict = self.qualification.verdict
        if verdict == Qualification.Verdict.UNREADABLE:
            yield Mark(_("technical envelope not readable"), "bad")
            return
        if verdict == Qualification.Verdict.FORMAL:
            yield Mark(_("formal requirement not met"), "bad")
            return
        yield Mark(_("formal requirements met"))
        if self.qualification.score is not None:
            passed = verdict == Qualification.Verdict.QUALIFIED
            yield Mark(_("%(score)s points") % {"score": self.qualification.score}, "" if passed else "bad")
        if self.sealed_for_ever:
            yield Mark(self.qualification.get_verdict_display(), "bad")

    def _commercial_marks(self) -> Iterator[Mark]:
        if self.sealed_for_ever:
            yield Mark(_("price stays sealed"), "quiet")
        elif self.ranking is None:
            yield Mark(_("price still sealed"), "quiet")
        elif self.ranking.price is None:
            yield Mark(_("price not readable"), "bad")
        else:
            of_set = self.bid.lot.offered == Lot.Offered.SYSTEM
            yield Mark(
                (_("%(price)s a set") if of_set else _("%(price)s a pack")) % {"price": price(self.ranking.price)}
            )
            if self.ranking.service_fee is not None:
                yield Mark(_("service fee %(fee)s, not ranked") % {"fee": price(self.ranking.service_fee)})
            if self.ranking.comparable is not None:
                yield Mark(_("%(price)s comparable") % {"price": price(self.ranking.comparable)})
            if not self.ranking.rank:
                yield Mark(self.ranking.get_verdict_display(), "bad")
            else:
                yield Mark(_("rank %(rank)d") % {"rank": self.ranking.rank}, "good" if self.ranking.rank == 1 else "")


class Explained:
    """Everything public about one lot from its technical result to its ranked prices; six queries, whatever the number
    of bids."""

    def __init__(self, lot: Lot) -> None:
        self.lot = lot

    @cached_property
    def rules(self) -> RuleSet:
        return from_json(self.lot.tender.rules)

    @cached_property
    def result(self) -> TechnicalResult | None:
        return TechnicalResult.objects.filter(pk=self.lot.technical_result_id).defer("document").first()

    @cached_property
    def objections(self) -> list[Objection]:
        """All objections; their texts stay between bidder and agency, that they were filed and answered does not."""
        return list(Objection.objects.filter(lot=self.lot).order_by("filed_at"))

    @cached_property
    def holds(self) -> list[Hold]:
        """What makes the lot stand still."""
        return list(self.lot.holds.standing())

    @cached_property
    def round(self) -> Round | None:
        """Why its bids were judged again, where they were."""
        return round_of(self.lot)

    @cached_property
    def paths(self) -> list[Path]:
        """By rank, then by score."""
        product = ("product_version__product__item", "product_version__product__maker")
        covered = (
            Prefetch("bid__products", BidProduct.objects.select_related(*product).order_by("pk")),
            Prefetch("bid__offered", OfferedProduct.objects.select_related(*product)),
        )
        verdicts = (
            Qualification.objects.standing().filter(bid__lot=self.lot).select_related("bid__supplier", "bid__lot")
        )
        verdicts = verdicts.prefetch_related(*covered)
        rankings = {ranking.bid_id: ranking for ranking in Ranking.objects.filter(lot=self.lot)}
        received = dict(
            Bid.objects.filter(lot=self.lot).order_by("versions__number").values_list("pk", "versions__received_at")
        )
        criteria = {criterion.key: criterion for criterion in self.lot.tender.criteria.all()}
        paths = [
            Path(verdict.bid, received.get(verdict.bid_id), verdict, rankings.get(verdict.bid_id), criteria)
            for verdict in verdicts
        ]
        return sorted(paths, key=_order)

    @cached_property
    def opened(self) -> bool:
        return any(path.ranking for path in self.paths)

    @cached_property
    def sealed(self) -> int:
        """How many prices stay sealed for ever."""
        return sum(path.sealed_for_ever for path in self.paths)

    @cached_property
    def unit(self) -> str:
        """The base unit of the reference item."""
        part = self.lot.lot_items.select_related("item").order_by("pk").first()
        return part.item.base_unit if part else ""

    @cached_property
    def line(self) -> dict[str, Any]:
        """Bids against the ceiling on one line, for the component that draws it."""
        priced = [path for path in self.paths if path.ranking and path.commercial["comparable_exact"]]
        ceiling = self.lot.ceiling_price
        most = max([Fraction(path.commercial["comparable_exact"]) for path in priced] + [Fraction(ceiling or 0)])
        end = min(most, Fraction(ceiling) * Fraction(3, 2)) if ceiling else most
        return {
            "points": [self._point(path, end) for path in priced],
            "ceiling": int(1000 * Fraction(ceiling) / end) if ceiling and end else None,
            "ceiling_label": _("ceiling %(price)s") % {"price": price(ceiling)} if ceiling else "",
            "to_label": price(Decimal(end.numerator) / end.denominator),
            "legend": [
                {"label": _("lowest valid price"), "tone": "accent"},
                {"label": _("valid"), "tone": "accent", "hollow": True},
                {"label": _("not valid"), "tone": "bad"},
            ],
        }

    def _point(self, path: Path, end: Fraction) -> dict[str, Any]:
        exact = Fraction(path.commercial["comparable_exact"])
        rank = path.ranking.rank if path.ranking else None
        return {
            "label": f"{path.bid.supplier} · {path.bid.reference}",
            "value": price(exact),
            "position": min(1000, int(1000 * exact / end)) if end else 0,
            "tone": "accent" if rank else "bad",
            "hollow": bool(rank) and rank != 1,
            "labelled": rank == 1,
            "note": path.outcome.text,
        }

    @property
    def description(self) -> str:
        """The picture in words."""
        opened = len(self.line["points"])
        words = ngettext("%(n)d opened price of one %(unit)s.", "%(n)d opened prices of one %(unit)s.", opened)
        words %= {"n": opened, "unit": self.unit or _("base unit")}
        if self.sealed:
            sealed = ngettext("%(n)d price stays sealed for ever.", "%(n)d prices stay sealed for ever.", self.sealed)
            words += " " + sealed % {"n": self.sealed}
        return words

    @property
    def pass_rate(self) -> str:
        passed = len(self.paths) - self.sealed
        return _("%(passed)s of %(all)s") % {"passed": quantity(passed), "all": quantity(len(self.paths))}


def round_of(lot: Lot) -> Round | None:
    """The round in which bids of a lot are or were judged again; None in the first."""
    return lot.rounds.prefetch_related("bids__bid").last() if lot.round > 1 else None


def _order(path: Path) -> tuple[Any, ...]:
    rank = path.ranking.rank if path.ranking else None
    score = path.qualification.score
    return (rank is None, rank or 0, path.ranking is None, path.sealed_for_ever, -(score or 0), path.bid.reference)
