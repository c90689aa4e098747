"""Rule sets that ship with the product, each with its source, its day, and what in it nobody has verified.

They come to an installation as drafts: an officer proposes one, a second person puts it in force. A closed round is
there to be tried and compared, and is never put in force.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from selection.ruleset import (
    AllocationRules,
    CommitteeRules,
    EvaluationRules,
    PeriodRules,
    SelectionRules,
    TenderRules,
    TieRules,
)


def _(sentence: str) -> str:
    """Mark a sentence for the translation catalogue, unchanged."""
    return sentence


@dataclass(frozen=True)
class Preset:
    """A rule set that ships with the product; ``since`` is the day of its source. Pages translate its words.

    ``unverified`` says what of it no source of ours settles: for whoever chooses it, and printed in no notice.
    """

    code: str
    title: str
    source: str
    since: date
    rules: TenderRules
    unverified: tuple[str, ...] = ()
    closed: bool = False


_DAYS = _("The days of notice, amendment, objection and standstill, and the least number of evaluators.")
_SHARES = _("The shares of the need by number of winners are those of round 7.")
_NO_REVIVAL = _("That a bidder beyond the limit may still lower its price is not carried out.")
_ONE_ENVELOPE = {"committee": CommitteeRules(members=3), "periods": PeriodRules(objection=0)}
_ROUND_9 = dict(zip(range(1, 16), (1, 2, 2, 3, 4, 4, 5, 6, 7, 8, 9, 9, 10, 10, 10), strict=True))
_ROUND_10 = dict(zip(range(1, 16), (1, 2, 2, 3, 3, 3, 4, 5, 6, 6, 7, 8, 8, 9, 9), strict=True))
_SHARES_OF_ROUND_7 = {1: Decimal("0.5"), 2: Decimal("0.6"), 3: Decimal("0.7"), 4: Decimal("0.8")}


def _national(
    places: Mapping[int, int], agreed: Mapping[int, Decimal] = _SHARES_OF_ROUND_7, **conditions: Decimal | bool | None
) -> TenderRules:
    """Rules of a national round since the seventh: a ceiling, places by companies, 1.8 times the anchor, regions."""
    return TenderRules(
        ties=TieRules(("lots_drawn",)),
        selection=SelectionRules(
            counted="companies",
            places=places,
            places_rest=(Decimal(1), 10),
            standbys=0,
            limit=Decimal("1.8"),
            low_price=Decimal("0.1"),
            **conditions,  # type: ignore[arg-type]  # each by its name
        ),
        allocation=AllocationRules("regions", agreed=agreed),
        **_ONE_ENVELOPE,  # type: ignore[arg-type]
    )


PRESETS = (
    Preset(
        "double-envelope-threshold",
        _("Double envelope, pass mark 60 of 100"),
        _("State Council document GBF[2010]56, for the double envelope"),
        date(2010, 11, 19),
        TenderRules(evaluation=EvaluationRules(pass_mark=Decimal(60))),
        unverified=(_("The mark of 60."), _DAYS),
    ),
    Preset(
        "double-envelope-shortlist",
        _("Double envelope, shortlist by number of bids"),
        _("Sichuan 2011, as reported by People's Daily on 2011-07-14: 7 to 4, 6 to 3, 4 to 2"),
        date(2011, 7, 14),
        TenderRules(
            evaluation=EvaluationRules(
                shortlist={1: 1, 2: 2, 3: 2, 4: 2, 5: 3, 6: 3, 7: 4}, shortlist_rest=(Decimal("0.5"), 5)
            )
        ),
        unverified=(_("How many go on of 1, 2, 3, 5 and more than 7 bids."), _DAYS),
    ),
    Preset(
        "liaoning-2016",
        _("Double envelope, negotiation with two bidders or fewer"),
        _("Liaoning 2016: two bidders or fewer negotiate, three or more compete by price, the lowest first"),
        date(2016, 8, 22),
        TenderRules(evaluation=EvaluationRules(pass_mark=Decimal(60))),
        unverified=(_("The mark of 60."), _DAYS),
    ),
    Preset(
        "one-envelope-lowest",
        _("One envelope, lowest price"),
        _("Volume-based procurement since 2018: eligibility first, then prices"),
        date(2018, 11, 15),
        TenderRules(**_ONE_ENVELOPE),  # type: ignore[arg-type]
        unverified=(_DAYS,),
    ),
    Preset(
        "two-winners-by-shares",
        _("Two winners, 60 and 40 percent by rank"),
        _("Intraocular lenses, alliance of 2020: of two winners the first has at least 60 %, the second the rest"),
        date(2020, 11, 1),
        TenderRules(
            selection=SelectionRules(places_rest=(Decimal(1), 2)),
            allocation=AllocationRules("shares", {1: (Decimal(1),), 2: (Decimal("0.6"), Decimal("0.4"))}),
            **_ONE_ENVELOPE,  # type: ignore[arg-type]
        ),
        unverified=(_DAYS,),
    ),
    Preset(
        "two-winners-by-regions",
        _("Two winners, each region to its main supplier, with a standby"),
        _(
            "National volume-based procurement, rounds 7 to 10: two of three companies win, and a region's volume goes"
            " whole to its main supplier"
        ),
        date(2022, 7, 12),
        TenderRules(
            selection=SelectionRules(places_rest=(Decimal(1), 2), standbys=1),
            allocation=AllocationRules("regions"),
            **_ONE_ENVELOPE,  # type: ignore[arg-type]
        ),
        unverified=(_DAYS,),
    ),
    Preset(
        "national-round-10",
        _("National round 10: places by companies, 1.8 times the lowest, regions by main supplier"),
        _("National volume-based procurement, round 10, opened on 2024-12-12"),
        date(2024, 12, 12),
        _national(_ROUND_10),
        unverified=(_SHARES, _NO_REVIVAL, _DAYS),
    ),
    Preset(
        "national-round-11",
        _("National round 11: the anchor is not below half of the mean"),
        _("National volume-based procurement, round 11, opened on 2025-10-27"),
        date(2025, 10, 27),
        _national(_ROUND_10, anchor_mean=Decimal("0.5")),
        unverified=(_("The table of places is that of round 10."), _SHARES, _NO_REVIVAL, _DAYS),
    ),
    Preset(
        "national-4-7",
        _("The pilot of 2018: one winner a drug"),
        _("Volume-based procurement of four municipalities and seven cities, opened on 2018-12-06"),
        date(2018, 12, 6),
        TenderRules(**_ONE_ENVELOPE),  # type: ignore[arg-type]
        unverified=(_("Equal prices went by coverage and sales, which are not asked for here."), _DAYS),
        closed=True,
    ),
    Preset(
        "national-round-7",
        _("National round 7: 1.8 times the lowest, 0.10 yuan, or a cut of half"),
        _("National volume-based procurement, round 7, opened on 2022-07-12"),
        date(2022, 7, 12),
        _national({}, cut=Decimal("0.5")),
        unverified=(
            _("Its table of places, of which only the cap of 10 is known."),
            _("Whether the highest bid was out in every drug."),
            _DAYS,
        ),
        closed=True,
    ),
    Preset(
        "national-round-9",
        _("National round 9: places by companies, with the cut of half"),
        _("National volume-based procurement, round 9, opened on 2023-11-06"),
        date(2023, 11, 6),
        _national(_ROUND_9, cut=Decimal("0.5")),
        unverified=(_SHARES, _DAYS),
        closed=True,
    ),
    Preset(
        "stents-2020",
        _("Coronary stents 2020: at most ten products, 1.8 times the lowest"),
        _("Coronary stents GH-HC2020-1, opened on 2020-11-05: at most ten products below the reference price win"),
        date(2020, 11, 5),
        TenderRules(
            selection=SelectionRules(places_rest=(Decimal(1), 10), limit=Decimal("1.8"), low_price=Decimal(2850)),
            allocation=AllocationRules("regions"),
            **_ONE_ENVELOPE,  # type: ignore[arg-type]
        ),
        unverified=(
            _("The condition of 1.8 times the lowest or 2,850 yuan."),
            _("Hospitals chose among the winners themselves."),
            _DAYS,
        ),
        closed=True,
    ),
)
