"""The rule sets that ship with the product, each with the source and day of its rules, and what in it is unverified.

What a source leaves open (the mark of 60, times, other numbers of bids) is a default that nobody has verified: it is
told to whoever chooses the rule set, and never printed in a notice. Shares, regions and classes of volume are those
of the part ``allocation``; a preset that needs more of it than shares or regions says so as unverified.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from selection.ruleset import (
    AllocationRules,
    Beyond,
    CommitteeRules,
    ComparisonRules,
    EvaluationRules,
    HowMany,
    NegotiationRules,
    PeriodRules,
    RuleSet,
    SelectionRules,
    TieRules,
    at_most,
)
from selection.ruleset.selection import Anchor, Classes, Conditions, Groups, Revival


def _(sentence: str) -> str:
    """Mark a sentence for the translation catalogue, unchanged."""
    return sentence


@dataclass(frozen=True)
class Preset:
    """A rule set that ships with the product; ``since`` is the day of its source. Pages translate its words.

    ``unverified``: what of it no source states. ``closed``: a round that is over, for trial and comparison only.
    """

    code: str
    title: str
    source: str
    since: date
    rules: RuleSet
    unverified: str = ""
    closed: bool = False


_THREE = CommitteeRules(minimum_evaluators=3)
_AT_ONCE = PeriodRules(objection_days=0)
_REGIONS = AllocationRules("regions")
_SICHUAN = HowMany({1: 1, 2: 2, 3: 2, 4: 2, 5: 3, 6: 3, 7: 4}, Beyond(Decimal("0.5"), 5))
_ONE = EvaluationRules(minimum_for_competition=1)
_TIES = TieRules(("cut", "approval", "sales", "lots_drawn"))
_DEMAND_FIRST = TieRules(("demand", "lots_drawn"))


def _numbers(*many: int, cap: int) -> HowMany:
    """How many win of 1, 2, 3 and so on; beyond the table so many."""
    return HowMany(dict(enumerate(many, start=1)), Beyond(Decimal(1), cap))


_ROUND_9 = _numbers(1, 2, 2, 3, 4, 4, 5, 6, 7, 8, 9, 9, 10, 10, 10, cap=10)
_ROUND_10 = _numbers(1, 2, 2, 3, 3, 3, 4, 5, 6, 6, 7, 8, 8, 9, 9, cap=10)
_FILTERED = ("number", "conditions")
_REVIVED = (*_FILTERED, "revival")


def _national(selection: SelectionRules, ties: TieRules = _TIES) -> RuleSet:
    """A national round of medicines: eligibility first, then prices; each region whole to one supplier."""
    selection = replace(selection, count="companies", per_company=1, standbys=2)
    return RuleSet(_ONE, selection=selection, ties=ties, allocation=_REGIONS, committee=_THREE, periods=_AT_ONCE)


_NATIONAL_UNVERIFIED = _("The order of ties, standbys, times, and who counts as one company.")

PRESETS = (
    Preset(
        "double-envelope-threshold",
        _("Double envelope, pass mark 60 of 100"),
        _("State Council document GBF[2010]56, for the double envelope"),
        date(2010, 11, 19),
        RuleSet(EvaluationRules(pass_mark=Decimal(60))),
        _("The pass mark and all times."),
    ),
    Preset(
        "double-envelope-shortlist",
        _("Double envelope, shortlist by number of bids"),
        _("Sichuan 2011, as reported by People's Daily on 2011-07-14: 7 to 4, 6 to 3, 4 to 2"),
        date(2011, 7, 14),
        RuleSet(EvaluationRules(shortlist=_SICHUAN)),
        _("How many go on of 1, 2, 3, 5 and of more than 7 bids, and all times."),
    ),
    Preset(
        "one-envelope-lowest",
        _("One envelope, lowest price"),
        _("Volume-based procurement since 2018: eligibility first, then prices"),
        date(2018, 11, 15),
        RuleSet(committee=_THREE, periods=_AT_ONCE),
        _("All times."),
    ),
    Preset(
        "two-winners-by-shares",
        _("Two winners, 60 and 40 percent by rank"),
        _("Intraocular lenses, alliance of 2020: of two winners the first has at least 60 %, the second the rest"),
        date(2020, 11, 1),
        RuleSet(
            selection=SelectionRules(winners=at_most(2)),
            allocation=AllocationRules("shares", {1: (Decimal(1),), 2: (Decimal("0.6"), Decimal("0.4"))}),
            committee=_THREE,
            periods=_AT_ONCE,
        ),
        _("All times."),
    ),
    Preset(
        "two-winners-by-regions",
        _("Two winners, each region to its main supplier, with a standby"),
        _(
            "National volume-based procurement, rounds 7 to 10: two of three companies win, and a region's volume goes"
            " whole to its main supplier"
        ),
        date(2022, 7, 12),
        RuleSet(
            selection=SelectionRules(winners=at_most(2), standbys=1),
            allocation=_REGIONS,
            committee=_THREE,
            periods=_AT_ONCE,
        ),
        _("The number of standbys and all times."),
    ),
    Preset(
        "liaoning-2016",
        _("Up to two bidders negotiate, three and more compete"),
        _("Liaoning 2016: double envelope of 100 points; two rounds of negotiation with up to two bidders"),
        date(2016, 1, 1),
        RuleSet(EvaluationRules(pass_mark=Decimal(60)), negotiation=NegotiationRules(quotes=2, within=None)),
        _("The pass mark, the day and all times."),
    ),
    Preset(
        "round-10",
        _("Winners by number of companies, at most 1.8 times the lowest"),
        _("National volume-based procurement of medicines, round 10"),
        date(2024, 12, 12),
        _national(
            SelectionRules(
                steps=_REVIVED,
                winners=_ROUND_10,
                conditions=Conditions(within=Decimal("1.8"), low_price=Decimal("0.10")),
                revival=Revival(("tripped",), Decimal("1.8"), "winner", regions=True, hours=2),
            )
        ),
        _NATIONAL_UNVERIFIED,
    ),
    Preset(
        "round-11",
        _("Winners by number of companies, anchor at half the mean, revival"),
        _("National volume-based procurement of medicines, round 11, second draft of 2025"),
        date(2025, 9, 20),
        _national(
            SelectionRules(
                steps=_REVIVED,
                winners=_ROUND_10,
                anchor=Anchor(Decimal("0.5")),
                conditions=Conditions(within=Decimal("1.8"), low_price=Decimal("0.10")),
                revival=Revival(("tripped", "beyond"), Decimal("1.8"), "anchor", regions=False, hours=2),
            )
        ),
        _("The table of winners (that of round 10), the day, the order of ties, standbys and times."),
    ),
    Preset(
        "yangtze-renewal",
        _("Renewal in the Yangtze delta"),
        _("Alliance renewal CSJ-YD2022-1"),
        date(2022, 1, 1),
        _national(SelectionRules(winners=_ROUND_9)),
        _("How winners are selected, the day and all times; the shares of volume are not in it."),
    ),
    Preset(
        "consumables-by-rank",
        _("Consumables by rank in two groups"),
        _("Artificial joints 2021, GH-HC2021-1"),
        date(2021, 9, 14),
        RuleSet(
            _ONE,
            selection=SelectionRules(
                winners=_ROUND_9,
                groups=Groups(Decimal("0.85"), 7, _ROUND_9, under_first=True),
            ),
            ties=_DEMAND_FIRST,
            allocation=_REGIONS,
            committee=_THREE,
            periods=_AT_ONCE,
        ),
        _("How many win of each group, and that the second stays under the prices of the first; volumes by rank."),
    ),
    Preset(
        "open-entry",
        _("Open entry at an accepted price"),
        _("Coronary stents, renewal of 2022: any quote up to the highest valid price wins"),
        date(2022, 11, 29),
        RuleSet(
            _ONE,
            selection=SelectionRules(steps=()),
            allocation=_REGIONS,
            committee=_THREE,
            periods=_AT_ONCE,
        ),
        _("All times; the grading of volumes by price is not in it."),
    ),
    Preset(
        "exclusive-negotiation",
        _("Exclusive product by negotiation"),
        _("State Council document GBF[2010]56, for exclusive products"),
        date(2010, 11, 19),
        RuleSet(_ONE, selection=SelectionRules(mode="negotiation", no_price="negotiation")),
        _("Two quotes and talks within 115 percent are those of the national access negotiations."),
    ),
    Preset(
        "single-source-commitment",
        _("Single-source commitment where the quantity cannot be known"),
        _("State Council document GBF[2010]56, for single-source commitment"),
        date(2010, 11, 19),
        RuleSet(EvaluationRules(pass_mark=Decimal(60)), selection=SelectionRules(mode="commitment")),
        _("The pass mark and all times."),
    ),
    Preset(
        "four-plus-seven",
        _("4+7: the lowest of three wins, fewer negotiate"),
        _("4+7 cities, 2018"),
        date(2018, 11, 15),
        RuleSet(ties=TieRules(("coverage", "sales", "lots_drawn")), committee=_THREE, periods=_AT_ONCE),
        _("The seven largest cuts among medicines of fewer bidders, which win directly, are not in it."),
        closed=True,
    ),
    Preset(
        "four-plus-seven-expansion",
        _("4+7 expanded: up to three winners"),
        _("Expansion of 4+7, 2019"),
        date(2019, 9, 24),
        _national(SelectionRules(winners=at_most(3))),
        _("The highest number of winners, the order of ties and all times."),
        closed=True,
    ),
    Preset(
        "round-7",
        _("Winners by number of companies, a cut of half always in"),
        _("National volume-based procurement of medicines, round 7"),
        date(2022, 7, 12),
        _national(
            SelectionRules(
                steps=_FILTERED,
                winners=_ROUND_9,
                conditions=Conditions(within=Decimal("1.8"), low_price=Decimal("0.10"), cut=Decimal("0.5")),
            )
        ),
        _("The table of winners below ten (that of round 9), the order of ties, standbys and times."),
        closed=True,
    ),
    Preset(
        "round-9",
        _("Winners by number of companies, up to ten"),
        _("National volume-based procurement of medicines, round 9"),
        date(2023, 11, 6),
        _national(
            SelectionRules(
                steps=_FILTERED,
                winners=_ROUND_9,
                highest_out=4,
                conditions=Conditions(within=Decimal("1.8"), low_price=Decimal("0.10"), cut=Decimal("0.5")),
            )
        ),
        _NATIONAL_UNVERIFIED,
        closed=True,
    ),
    Preset(
        "stents-2020",
        _("Ten products, at most four of a company"),
        _("Coronary stents 2020, GH-HC2020-1"),
        date(2020, 11, 5),
        RuleSet(
            _ONE,
            selection=SelectionRules(
                steps=("conditions", "number"),
                winners=at_most(10),
                per_company=4,
                conditions=Conditions(within=Decimal("1.8"), low_price=Decimal(2850)),
            ),
            ties=_DEMAND_FIRST,
            allocation=_REGIONS,
            committee=_THREE,
            periods=_AT_ONCE,
        ),
        _("That 1.8 times the lowest or up to 2,850 yuan was asked; the order of ties."),
        closed=True,
    ),
    Preset(
        "lenses-2020",
        _("Up to four winners, shares in a cascade by price"),
        _("Intraocular lenses, alliance of 2020 (3+6), LH-HD2020-1"),
        date(2020, 11, 1),
        RuleSet(
            _ONE,
            selection=SelectionRules(winners=at_most(4)),
            ties=_DEMAND_FIRST,
            allocation=AllocationRules(
                "shares",
                {
                    1: (Decimal(1),),
                    2: (Decimal("0.6"), Decimal("0.4")),
                    3: (Decimal("0.6"), Decimal("0.24"), Decimal("0.16")),
                    4: (Decimal("0.5"), Decimal("0.25"), Decimal("0.125"), Decimal("0.125")),
                },
            ),
            committee=_THREE,
            periods=_AT_ONCE,
        ),
        _("That four win at most; the least shares are taken, and the last has the rest."),
        closed=True,
    ),
    Preset(
        "insulin-2024",
        _("Insulin by groups and classes of price"),
        _("Renewal of insulin, 2024"),
        date(2024, 4, 23),
        RuleSet(
            _ONE,
            ComparisonRules(),
            selection=SelectionRules(
                steps=("conditions", "number"),
                winners=at_most(7),
                conditions=Conditions(within=Decimal("1.3"), up_to_class="B"),
                classes=Classes(("A", "B", "C"), lowest="A1"),
            ),
            allocation=_REGIONS,
            committee=_THREE,
            periods=_AT_ONCE,
        ),
        _("The order of ties; the volumes by class are not in it."),
        closed=True,
    ),
)
