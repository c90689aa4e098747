"""The published tables and totals of allocation, held against the rules that ship.

Figures stand beside the project in ``shared/data``, each with its source. The splits of the five totals over regions
are constructed: only the bases and the totals are published.
"""

import csv
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from selection.allocation import Need
from selection.allocation.cascade import LENSES_2020, cascade
from selection.allocation.ranks import JOINTS_2021, ProductNeed, by_rank
from selection.allocation.shares import ROUND_7, agree

DATA = Path(__file__).parents[3] / "shared" / "data"
PROVINCES = 31


def published(name):
    if not (DATA / name).exists():
        pytest.skip("the published figures are not beside this checkout (../shared/data)")
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split_over_regions(base, ends):
    """Needs of 31 regions that add up to a base and end in these digits."""
    tens, over = divmod((base - sum(map(int, ends))) // 10, PROVINCES)
    return [
        Need(f"{number:02d}0000", "H1", 10 * (tens + (number < over)) + int(end)) for number, end in enumerate(ends)
    ]


AFATINIB = (596_327, "0001222333344444555677788888899")
MEROPENEM = (7_286_887, "0000011111244455666677777888889")


@pytest.mark.parametrize(
    ("split", "medicine", "winners", "total"),
    [
        (AFATINIB, "most", 1, 298_170),
        (AFATINIB, "most", 2, 357_795),
        (MEROPENEM, "antimicrobial", 1, 2_186_064),
        (MEROPENEM, "antimicrobial", 2, 2_914_753),
        (MEROPENEM, "antimicrobial", 3, 3_643_450),
    ],
)
def test_one_split_of_each_base_gives_all_its_published_totals(split, medicine, winners, total):
    base, ends = split
    needs = split_over_regions(base, ends)
    assert (len(needs), sum(need.units for need in needs)) == (PROVINCES, base)
    share = Fraction(ROUND_7.tier(medicine, winners).share)
    assert agree(ROUND_7, medicine, winners, date(2022, 11, 1), needs).total(1) == total
    assert round(base * share) != total, "the total is not the rounded share of the whole"
    assert sum(need.units * share // 1 for need in needs) != total, "nor the sum of whole parts"


def test_round_7_has_the_published_shares_and_terms():
    rows = [row for row in published("vbp_round7_volume_share.csv") if row["winners"].lstrip(">=").isdigit()]
    assert len(rows) == 4
    for row in rows:
        tier = ROUND_7.tier("most", int(row["winners"].lstrip(">=")))
        assert tier.share * 100 == Decimal(row["first_year_share_of_base_pct"])
        assert tier.years == int(row["term_years"])


def test_joints_have_the_published_parts_by_rank():
    rows = published("joints2021_volume_rule.csv")
    for row in rows:
        rank = row["rank_in_bidding_unit"]
        ranks = {} if rank == "not selected" else {"P": int(rank.lstrip(">="))}
        (found,) = by_rank(JOINTS_2021, ranks, [ProductNeed("110000", "H1", "P", 100)]).rows
        assert found.basic == int(row["basic_agreed_share_of_reported_demand_pct"])
        assert found.again == int(row["to_be_reallocated_pct"])
    assert len(rows) == 7


@pytest.mark.parametrize("base", [290, 59_031])
def test_lenses_of_both_published_bases_follow_the_cascade(base):
    """Of what was reported, 60 % is the base: it is divided whole, and each has its least part."""
    rules = " ".join(row["rule"] for row in published("iol_3plus6_2020_volume_rule.csv"))
    assert f" {base} pieces" in rules
    reported = next(number for number in range(base, 2 * base) if (6 * number + 5) // 10 == base)
    least = {1: 1, 2: Fraction(3, 5), 3: Fraction(3, 5), 4: Fraction(1, 2), 6: Fraction(1, 2)}
    for winners, part in least.items():
        rows = cascade(LENSES_2020, winners, [Need("420000", "H1", reported)]).regions
        assert sum(row.units for row in rows) == base
        assert all(row.units >= row.remained * part for row in rows)
        assert all(row.units < row.remained * part + 1 for row in rows[:-1])
