"""The document from which the second program is written: each of its examples is what the engine says."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from selection.allocation import Need
from selection.allocation.brands import BrandRules, NamedNeed, supply
from selection.allocation.cascade import CascadeRules, cascade
from selection.allocation.classes import ClassRules, PriceGroup, by_class, classes_of, receivers
from selection.allocation.documents import from_json, to_json
from selection.allocation.handing import Handing, HandingRules, hand_out
from selection.allocation.ranks import ProductNeed, RankRules, by_rank
from selection.allocation.shares import ShareRules, agree
from selection.allocation.turns import Move, TurnRules, play
from selection.allocation.units import REASONS

DOCUMENT = (Path(__file__).parents[2] / "docs" / "rules-allocation.md").read_text(encoding="utf-8")
EXAMPLES = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)]


def many(kind, bodies):
    return [from_json(kind, body) for body in bodies]


def shares(rules, given):
    needs = many(Need, given["needs"])
    return agree(rules, given["medicine"], given["winners"], from_json(date, given["first_day"]), needs)


def brands(rules, given):
    return supply(
        rules, many(NamedNeed, given["reported"]), many(Need, given["agreed"]), given["winners"], given["mains"]
    )


def turns(rules, given):
    return play(rules, tuple(given["suppliers"]), given["regions"], many(Move, given["moves"]))


def ranks(rules, given):
    return by_rank(rules, given["ranks"], many(ProductNeed, given["asked"]))


def handing(rules, given):
    pools = {(pool["region"], pool["hospital"]): pool["units"] for pool in given["pools"]}
    return hand_out(rules, pools, given["receivers"], many(Handing, given["handings"]))


def lenses(rules, given):
    return cascade(rules, given["winners"], many(Need, given["needs"]))


def insulin(rules, given):
    prices = {product: from_json(Decimal, price) for product, price in given["prices"].items()}
    classes = classes_of(from_json(PriceGroup, given["group"]), prices)
    found = by_class(rules, classes, many(ProductNeed, given["asked"]))
    return {"classes": classes, "receivers": list(receivers(rules, classes)), "volumes": to_json(found)}


METHODS = {
    ShareRules: shares,
    BrandRules: brands,
    TurnRules: turns,
    RankRules: ranks,
    HandingRules: handing,
    CascadeRules: lenses,
    ClassRules: insulin,
}
BY_FORMAT = {rules.FORMAT: rules for rules in METHODS}


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["rule"]["format"] for example in EXAMPLES])
def test_an_example_of_the_document_is_what_the_engine_says(example):
    kind = BY_FORMAT[example["rule"]["format"]]
    assert to_json(METHODS[kind](from_json(kind, example["rule"]), example["inputs"])) == example["result"]


def test_every_method_and_every_reason_stands_in_the_document():
    assert {example["rule"]["format"] for example in EXAMPLES} == set(BY_FORMAT)
    assert [reason for reason in REASONS if f"`{reason}`" not in DOCUMENT] == []
