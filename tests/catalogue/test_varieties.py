"""Varieties: who groups what, how its items convert, and what each act refuses."""

from decimal import Decimal

import pytest

from catalogue import actions
from catalogue.actions import GroupedItem, StatedFactor, VarietyFacts
from catalogue.converting import converted, told_gaps
from catalogue.forms.grouping import grouped
from catalogue.models import Item, SingleSource, Variety
from catalogue.rules import PriceFact
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from tests.catalogue.files import TABLET, merged, price_recorded, products
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.world import NOW

STENT = {"kind": "consumable", "item_name": "冠状动脉支架", "strength": "3.0×18", "base_unit": "套"}


@pytest.fixture
def items(world):
    """5 mg, 10 mg and 2.5 mg of one tablet."""
    merged(world, products(*({**TABLET, "strength": strength} for strength in ("5mg", "10mg", "2.5mg"))))
    return {item.strength: item for item in Item.objects.all()}


@pytest.fixture
def variety(world, items):
    made = make(world, items=list(items.values()))
    return actions.name_main_item(variety=made, item=items["5mg"], reason="代表品", by=world.cataloguer, now=NOW)


def make(world, name="苯磺酸氨氯地平片", items=(), **facts):
    return actions.make_variety(
        kind="drug", facts=VarietyFacts(name, **facts), items=items, by=world.cataloguer, now=NOW
    )


def act(world, verb, **facts):
    return getattr(actions, verb)(**facts, by=world.cataloguer, now=NOW)


def post(page, url, **data):
    answer = page.post(url, data, follow=True)
    assert answer.status_code == 200, answer.content[:2000]
    return answer.content.decode()


def test_a_variety_groups_items_and_converts_them_to_its_main_specification(world, items, variety):
    factors = {
        one.item.strength: (one.price.factor, one.volume.factor) for one in converted(variety, variety.items.all())
    }
    assert factors["5mg"] == (1, 1)
    assert (float(factors["10mg"][0]), factors["10mg"][1]) == (1.7, 2)
    assert factors["2.5mg"][1] * 2 == 1
    assert factors["2.5mg"][0] * factors["10mg"][0] == 1


def test_one_name_and_form_is_one_variety_however_spelt_until_it_ends(world):
    made = make(world, "氨氯地平", form="片剂")
    with pytest.raises(Refused) as refusal:
        make(world, "氨氯地平 ", form="片剂")
    assert refusal.value.code == "variety_exists"
    make(world, "氨氯地平", form="胶囊剂")
    act(world, "end_variety", variety=made, reason="not needed")
    make(world, "氨氯地平", form="片剂")
    with pytest.raises(Conflict):
        act(world, "change_variety", variety=made, facts=VarietyFacts("x"), reason="late")


def test_what_does_not_fit_leaves_all_items_where_they_are(world, items):
    merged(world, products(STENT))
    made, other = make(world), make(world, "another", items=[items["10mg"]])
    with pytest.raises(Refused) as refusal:
        act(world, "put_items", variety=made, items=list(Item.objects.all()))
    assert {fault.code for fault in refusal.value.faults} == {"in_another_variety", "wrong_kind"}
    assert not made.items.exists()
    act(world, "take_items", variety=other, items=[items["10mg"]], reason="it belongs there")
    act(world, "put_items", variety=made, items=list(items.values()))
    assert made.items.count() == 3


def test_the_main_specification_stays_in_until_another_is_named(world, items, variety):
    with pytest.raises(Refused) as refusal:
        act(world, "take_items", variety=variety, items=[items["5mg"]], reason="out")
    assert refusal.value.code == "main_specification"
    act(world, "name_main_item", variety=variety, item=items["10mg"], reason="more is sold of it")
    act(world, "take_items", variety=variety, items=[items["5mg"]], reason="out")
    items["5mg"].refresh_from_db()
    assert items["5mg"].variety is None
    with pytest.raises(Refused) as refusal:
        act(world, "name_main_item", variety=variety, item=items["5mg"], reason="back")
    assert refusal.value.code == "not_of_variety"


def test_what_a_document_states_goes_before_the_rules(world, items, variety):
    def state(**factors):
        said = [StatedFactor(items[strength], *factors) for strength, factors in factors.items()]
        return act(world, "state_factors", variety=variety, factors=said, source="notice 3")

    with pytest.raises(Refused, match="is 1"):
        state(**{"5mg": (Decimal(2),)})
    with pytest.raises(Refused, match="above zero"):
        state(**{"10mg": (Decimal(0),)})
    state(**{"10mg": (Decimal("1.5"), None)})
    [one] = converted(variety, Item.objects.filter(strength="10mg"))
    assert (one.price.factor, one.price.stated, one.volume.factor) == (Decimal("1.5"), True, 2)
    act(world, "name_main_item", variety=variety, item=items["2.5mg"], reason="another")
    assert not Item.objects.exclude(price_factor=None).exists(), "factors are against the old one"


def test_the_factor_of_the_main_specification_stays_1_where_nothing_is_stated_of_it(world, items, variety):
    said = [StatedFactor(items["5mg"], None, None), StatedFactor(items["10mg"], Decimal("1.5"), None)]
    act(world, "state_factors", variety=variety, factors=said, source="notice 3")
    main = Item.objects.get(strength="5mg")
    assert (main.price_factor, main.volume_factor, main.factor_source) == (1, 1, "notice 3")


def test_a_variety_with_a_commitment_does_not_end_and_an_ended_one_has_no_items(world, items, variety):
    commitment = actions.Commitment(
        world.supplier, world.region, legal_date(NOW), legal_date(NOW).replace(year=2099), "decision", variety=variety
    )
    recorded = actions.record_single_source(commitment=commitment, by=world.awarder, now=NOW)
    with pytest.raises(Refused) as refusal:
        act(world, "end_variety", variety=variety, reason="over")
    assert refusal.value.code == "in_use"
    SingleSource.objects.get(pk=recorded.pk)
    actions.end_single_source(commitment=recorded, last_day=legal_date(NOW), reason="over", by=world.awarder, now=NOW)
    with pytest.raises(Refused):
        act(world, "end_variety", variety=variety, reason="over")  # its last day is today


def test_what_an_item_lacks_is_told_at_its_field(world, items):
    merged(world, products({**TABLET, "strength": "一片", "form": ""}))
    unread = Item.objects.get(strength="一片")
    made = make(world, items=[items["5mg"], unread])
    act(world, "name_main_item", variety=made, item=items["5mg"], reason="代表品")
    made.refresh_from_db()
    [one] = converted(made, [unread])
    assert [gap.field for gap in one.price.gaps] == ["form", "strengths"]
    assert "dosage form is not said" in told_gaps(one.price)


def test_many_items_go_into_their_varieties_from_a_paste_all_or_none(world, items):
    text = "品种\t品种剂型\t品规\t规格\t主品规\n" + "\n".join(
        f"氨氯地平\t片剂\t{TABLET['item_name']}\t{strength}\t{main}"
        for strength, main in (("5mg", "是"), ("10mg", ""), ("2.5mg", ""))
    )
    assert grouped(text).faults == []
    assert [row.is_main for row in grouped(text).rows] == [True, False, False]
    [made] = act(world, "group_items", rows=grouped(text).rows)
    assert (made.main_item, made.items.count()) == (items["5mg"], 3)
    wrong = grouped("品种\t品规\n氨氯地平\tno such thing\n\t" + TABLET["item_name"])
    assert [number for number, _text in wrong.faults] == [2, 3]
    rows = [GroupedItem(items["5mg"], "氨氯地平", "片剂"), GroupedItem(items["10mg"], "another")]
    with pytest.raises(Refused) as refusal:
        act(world, "group_items", rows=rows)
    assert [(fault.row, fault.code) for fault in refusal.value.faults] == [(2, "in_another_variety")]
    assert Variety.objects.count() == 1


def test_only_catalogue_officers_group_items_and_everybody_reads(world, variety):
    with pytest.raises(Denied):
        actions.make_variety(kind="drug", facts=VarietyFacts("x"), by=world.pharmacist, now=NOW)
    hospital = sitting(world.pharmacist)
    assert hospital.get("/catalogue/varieties/make/").status_code == 403
    page = hospital.get(variety.get_absolute_url()).content.decode()
    assert "1.7" in page
    assert "Put items in" not in page
    assert hospital.get("/catalogue/varieties/V-999999/").status_code == 404
    assert variety.get_absolute_url() in hospital.get("/search/", {"q": variety.name}).content.decode()


def test_an_officer_works_through_the_pages(world, items):
    page = sitting(world.cataloguer)
    lines = "\n".join(item.reference for item in items.values())
    post(page, "/catalogue/varieties/make/", kind="drug", name="氨氯地平", form="片剂", rules="ndrc-2011", items=lines)
    made = Variety.objects.get()
    address = made.get_absolute_url()
    of_item = f"{address}items/{items['5mg'].reference}/"
    post(page, f"{of_item}main/", reason="代表品")
    shown = page.get(f"{address}items/{items['10mg'].reference}/").content.decode()
    assert "Active content" in shown
    assert "1.7" in shown
    assert "to it" in page.get(of_item).content.decode()
    post(page, f"{address}change/", name="氨氯地平", form="", rules="volume-based", reason="several forms")
    taken = f"{address}take/?pick={items['2.5mg'].reference}"
    assert items["2.5mg"].strength in page.get(taken).content.decode()
    post(page, taken, reason="another medicine")
    post(page, f"{address}put/", items=items["2.5mg"].reference)
    grid = {f"price_factor-{items['10mg'].reference}": "1.5", "source": "notice"}
    post(page, f"{address}factors/", **grid)
    assert Item.objects.get(strength="10mg").price_factor == Decimal("1.5")
    item = page.get(f"/catalogue/items/{items['10mg'].reference}/").content.decode()
    assert address in item
    exported = b"".join(page.get("/catalogue/varieties/", {"export": "csv"}).streaming_content).decode()
    assert "氨氯地平" in exported
    post(page, f"{address}end/", reason="over")
    assert not Item.objects.exclude(variety=None).exists()
    assert "ended it on" in page.get(address).content.decode()


def test_programs_do_the_same(world, items):
    officer, read = program_of(world.cataloguer), program_of(world.pharmacist)
    body = {"kind": "drug", "name": "氨氯地平", "items": [items["5mg"].reference, items["10mg"].reference]}
    made = officer.post("/api/v1/varieties/", body, format="json").json()
    address = f"/api/v1/varieties/{made['reference']}/"
    named = officer.post(f"{address}name-main/", {"item": items["5mg"].reference, "reason": "代表品"}, format="json")
    assert named.json()["main_item"] == items["5mg"].reference
    one = read.get(address).json()
    [ten] = [row for row in one["items"] if row["strength"] == "10mg"]
    assert ten["price"] == {
        "factor": "1.7",
        "stated": False,
        "steps": [{"name": "content", "ratio": "2", "factor": "1.7"}],
        "missing": "",
    }
    assert [row["reference"] for row in read.get("/api/v1/varieties/", {"q": "氨氯"}).json()["results"]] == [
        made["reference"]
    ]
    assert read.post(f"{address}end/", {"reason": "x"}, format="json").status_code == 403
    assert officer.post(f"{address}end/", {"reason": "over"}, format="json").json()["ended_at"]


def test_a_list_of_varieties_asks_as_much_for_many_as_for_few(world, items, django_assert_max_num_queries):
    for number in range(12):
        make(world, f"variety {number}")
    variety = make(world, items=list(items.values()))
    page = sitting(world.pharmacist)
    page.get("/catalogue/varieties/")
    with django_assert_max_num_queries(25):
        page.get("/catalogue/varieties/")
    with django_assert_max_num_queries(30):
        page.get(variety.get_absolute_url())


def test_products_of_a_variety_are_compared_as_of_the_main_specification(world, items, variety):
    for item, price in ((items["5mg"], "10"), (items["10mg"], "17")):
        fact = PriceFact(item.pk, "420000", Decimal(price), 1, legal_date(NOW), "a notice")
        price_recorded(world, fact, "ceiling")
    picked = [item.products.get().reference for item in (items["5mg"], items["10mg"])]
    page = sitting(world.pharmacist).get("/catalogue/compare/", {"pick": picked})
    [told] = [line for line in page.context["prices"] if "main specification" in str(line.label)]
    assert told.values == [Decimal("10.000000"), Decimal("10.000000")]
