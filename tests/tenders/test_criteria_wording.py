"""The usual criteria speak the language of whoever reads them, whichever officer saved them."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from selection import criteria
from selection.presets import PRESETS
from tenders.actions.preparation import TenderPlan, prepare_tender
from tenders.wording import kept, shown
from tests.tenders.stage import rule_set
from tests.tenders.test_tender_pages import client_of
from tests.world import NOW

USUAL_CRITERIA = criteria.USUAL_CRITERIA["drug"]
OWN = "Own words of this tender"


@pytest.fixture
def tender(world):
    plan = TenderPlan("Statins", "drug", world.region, rule_set())
    return prepare_tender(plan=plan, by=world.officer, now=NOW)


def sent_back(page) -> dict[str, str]:
    """What the form of a page sends when nothing is changed in it."""
    fields = [field for row in page.context["form"].rows for field in row]
    return {field.html_name: "" if field.value() is None else field.value() for field in fields}


def test_what_a_chinese_officer_leaves_standing_is_read_in_english(world, tender):
    officer = client_of(world.officer)
    address = reverse("tenders:set-criteria", args=[tender.reference])
    chinese = {"HTTP_ACCEPT_LANGUAGE": "zh-hans"}
    form = sent_back(officer.get(address, **chinese))
    with override("zh-hans"):
        assert form["title-5"] == shown(USUAL_CRITERIA[4].title) != USUAL_CRITERIA[4].title
    answer = officer.post(address, {**form, "title-6": OWN}, **chinese)
    assert answer.status_code == 302, answer.context["form"].errors
    titles = list(tender.criteria.order_by("number").values_list("title", flat=True))
    assert titles == [one.title if number != 6 else OWN for number, one in enumerate(USUAL_CRITERIA, 1)]
    page = reverse("tenders:tender", args=[tender.reference])
    english, shown_to_him = (officer.get(page, **headers).content.decode() for headers in ({}, chinese))
    assert USUAL_CRITERIA[4].guidance in english
    assert USUAL_CRITERIA[4].guidance not in shown_to_him
    assert OWN in english
    assert OWN in shown_to_him


def test_only_the_usual_words_are_put_into_other_words():
    with override("zh-hans"):
        assert [kept(shown(one.title)) for one in USUAL_CRITERIA] == [one.title for one in USUAL_CRITERIA]
        for own in ("", "Price", OWN):
            assert (shown(own), kept(own)) == (own, own)


def test_consumables_are_judged_as_devices_and_no_source_says_that_it_is_unverified():
    for usual in criteria.USUAL_CRITERIA.values():
        assert sum(one.points for one in usual) == 100
    told = " ".join(f"{one.title} {one.guidance}" for one in criteria.USUAL_CRITERIA["consumable"])
    assert not re.search("consistency|manufacturing practice", told, re.IGNORECASE)
    assert not [preset for preset in PRESETS if re.search("unverified|default", preset.source)]
