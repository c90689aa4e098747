"""Rule sets as documents: read whole or not at all, and a fault says where it is."""

from copy import deepcopy
from dataclasses import fields

import pytest

from selection.presets import PRESETS
from selection.ruleset import Fault, RuleSet, Unread, faults_of, from_json, to_json

PARTS = [part.name for part in fields(RuleSet)]
BODY = to_json(RuleSet())


def refused(body):
    with pytest.raises(Unread) as refusal:
        from_json(body)
    return refusal.value.fault


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.code)
def test_a_preset_is_read_as_it_was_written_and_has_no_fault(preset):
    assert from_json(to_json(preset.rules)) == preset.rules
    assert faults_of(preset.rules) == []


@pytest.mark.parametrize("part", PARTS)
def test_a_part_or_key_that_is_missing_or_unknown_is_refused_by_its_name(part):
    body = deepcopy(BODY)
    del body[part]
    assert refused(body) == Fault(part, "", "missing")
    for key in BODY[part]:
        body = deepcopy(BODY)
        del body[part][key]
        assert refused(body) == Fault(part, key, "missing")
    body = deepcopy(BODY)
    body[part]["reserve"] = True
    assert refused(body) == Fault(part, "reserve", "unknown")
    assert refused({**BODY, part: []}) == Fault(part, "", "kind")


@pytest.mark.parametrize("body", [{}, {**BODY, "format": "tender-rules/2"}, [], None])
def test_another_document_is_refused(body):
    assert refused(body) == Fault("", "format", "format")


@pytest.mark.parametrize(
    ("part", "key", "value", "where"),
    [
        ("evaluation", "pass_mark", 60, "pass_mark"),
        ("evaluation", "pass_mark", "sixty", "pass_mark"),
        ("evaluation", "pass_mark", "NaN", "pass_mark"),
        ("evaluation", "pass_mark", "6E1", "pass_mark"),
        ("evaluation", "dealers", 1, "dealers"),
        ("evaluation", "shortlist", {"table": {"3": 2}}, "shortlist.beyond"),
        ("evaluation", "shortlist", {"table": {"03": 2}, "beyond": None}, "shortlist.table.03"),
        ("evaluation", "shortlist", {"table": {"3": "2"}, "beyond": None}, "shortlist.table.3"),
        ("periods", "notice_days", "20", "notice_days"),
        ("periods", "notice_days", True, "notice_days"),
        ("ties", "order", ["score", 1], "order.2"),
        ("allocation", "shares", {"1": [1]}, "shares.1.1"),
    ],
)
def test_a_value_of_another_kind_is_refused_at_its_key(part, key, value, where):
    fault = refused({**BODY, part: BODY[part] | {key: value}})
    assert (fault.part, fault.key, fault.code in ("kind", "missing")) == (part, where, True)
