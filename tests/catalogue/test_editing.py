"""What the catalogue says of an item or a product is corrected by hand, with a day, a reason and what was before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from catalogue import actions
from catalogue.actions import Edit, ItemFacts, ProductFacts
from catalogue.models import Item, ItemVersion, Product, ProductVersion
from core.clock import legal_date
from core.errors import Denied, Refused
from core.models import Event
from demand.actions import open_window
from demand.models import DemandWindow
from tests.catalogue.files import LISTED, PRECISE, TABLET, counts, listed, merged, products
from tests.demand.stage import window_plan
from tests.roles import program_of
from tests.world import NOW

TODAY = legal_date(NOW)
EDIT = Edit(TODAY, "the label says so")
FACTS = ItemFacts("苯磺酸氨氯地平片", "5mg", "片剂", "口服", "片")
PACK = ProductFacts("京新", "", "", "", "", 28, "盒", "", "notice of 2019")


@pytest.fixture
def item(world):
    merged(world, products(TABLET))
    return Item.objects.get()


@pytest.fixture
def product(item):
    return Product.objects.get()


def edit_item(world, item, facts=FACTS, edit=EDIT, now=NOW):
    return actions.edit_item(item=item, facts=facts, edit=edit, by=world.cataloguer, now=now)


def edit_product(world, product, facts=PACK, edit=EDIT):
    return actions.edit_product(product=product, facts=facts, edit=edit, by=world.cataloguer, now=NOW)


def test_an_edited_item_is_what_was_said_and_keeps_what_it_was(world, item):
    edit_item(world, item, replace(FACTS, name="氨氯地平片", strength="5mg/10mg", fill="0.2g"))
    item.refresh_from_db()
    assert (str(item), str(item.quantities)) == ("氨氯地平片 5mg/10mg", "0.2g:5mg+10mg")
    assert (item.pinyin, item.name_key) == ("anlvdipingpian", "氨氯地平片")
    before = ItemVersion.objects.get()
    assert (before.name, before.strength, before.valid_to) == (TABLET["item_name"], "5mg", TODAY - timedelta(days=1))
    event = Event.objects.get(verb="item.edited")
    assert (event.subject, event.data["before"], event.data["reason"]) == (
        item.reference,
        "苯磺酸氨氯地平片 5mg",
        "the label says so",
    )
    assert counts(merged(world, products(TABLET | {"item_name": "氨氯地平片", "strength": "5MG/10MG"})))[2] == 1


def test_a_form_is_corrected_by_an_edit_and_not_by_a_file(world, item):
    edit_item(world, item, replace(FACTS, form="薄膜衣片"))
    item.refresh_from_db()
    assert (item.form, item.form_key) == ("薄膜衣片", "薄膜衣片")


@pytest.mark.parametrize(
    ("facts", "edit", "field"),
    [
        ({"base_unit": "粒"}, {}, "base_unit"),
        ({"base_unit": ""}, {}, "base_unit"),
        ({"name": " — "}, {}, "name"),
        ({"name": "别的片"}, {}, "name"),
        ({"fill": "much"}, {}, "fill"),
        ({"route": "舌下"}, {"reason": " "}, "reason"),
        ({"route": "舌下"}, {"starts_on": TODAY + timedelta(days=1)}, "starts_on"),
        ({}, {}, ""),
    ],
)
def test_an_edit_of_an_item_is_refused_at_its_field(world, item, facts, edit, field):
    merged(world, products(TABLET | {"item_name": "别的片"}))
    with pytest.raises(Refused) as refusal:
        edit_item(world, item, replace(FACTS, **facts), replace(EDIT, **edit))
    assert refusal.value.faults[0].field == field
    assert not ItemVersion.objects.exists()
    assert Item.objects.get(pk=item.pk).route == "口服"


def test_edits_follow_each_other_in_time(world, item):
    edit_item(world, item, replace(FACTS, route="舌下"))
    with pytest.raises(Refused, match="Choose a day after") as refusal:
        edit_item(world, item, replace(FACTS, route="注射"))
    assert refusal.value.faults[0].field == "starts_on"
    later = NOW + timedelta(days=3)
    edit_item(world, item, replace(FACTS, route="注射"), Edit(legal_date(later), "again"), now=later)
    assert list(ItemVersion.objects.values_list("number", "route")) == [(1, "口服"), (2, "舌下")]


def test_an_edited_product_begins_a_new_version(world, product):
    facts = replace(PACK, holder="上海控股", pack_size=None, pack_unit="", packaging="12片/板×2板/盒")
    edit_product(world, product, replace(facts, approval_number="国药准字H20064705"))
    old, new = ProductVersion.objects.select_related("holder").order_by("number")
    assert (old.pack_size, old.valid_to) == (28, TODAY - timedelta(days=1))
    assert (new.pack_size, new.pack_unit, new.packaging) == (24, "盒", "12片/板×2板/盒")
    assert (new.holder.name, new.approval_number, new.valid_from) == ("上海控股", "国药准字H20064705", TODAY)
    assert (new.maker_name, new.reason, new.edited_by) == ("浙江京新", "the label says so", world.cataloguer)
    assert Event.objects.get(verb="product.edited").subject == product.reference


def test_a_product_that_gets_its_national_code_is_found_by_it(world, item):
    merged(world, products(PRECISE | {"national_code": "", "maker_code": "00662"}))
    product = Product.objects.get(item__name="比卡鲁胺片")
    edit_product(world, product, replace(PACK, brand="", national_code=LISTED["code"]))
    product.refresh_from_db()
    assert (product.key, product.item.code_prefix) == (LISTED["code"], "XL02BBB085A001")
    assert counts(merged(world, listed(LISTED))) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"national_code": "XL02"}, "national_code"),
        ({"national_code": LISTED["code"]}, "national_code"),
        ({"approval_number": "nothing"}, "approval_number"),
        ({"approval_number": "国械注准20203130001"}, "approval_number"),
        ({"standard_code": "1"}, "standard_code"),
        ({"packaging": "10片/板×2板/盒"}, "packaging"),
        ({"packaging": "a box"}, "packaging"),
        ({"pack_size": None}, "pack_size"),
        ({"brand": "京新"}, ""),
    ],
)
def test_an_edit_of_a_product_is_refused_at_its_field(world, product, facts, field):
    merged(world, listed(LISTED))
    with pytest.raises(Refused) as refusal:
        edit_product(world, product, replace(PACK, **facts))
    assert refusal.value.faults[0].field == field
    assert product.versions.count() == 1


def test_nobody_else_edits(world, item, product):
    for seat in (world.officer, world.bid_manager, world.pharmacist):
        with pytest.raises(Denied):
            actions.edit_item(item=item, facts=FACTS, edit=EDIT, by=seat, now=NOW)
        with pytest.raises(Denied):
            actions.edit_product(product=product, facts=PACK, edit=EDIT, by=seat, now=NOW)


def test_what_lacks_what_its_kind_needs_says_so_and_enters_no_demand_window(world, client):
    merged(world, listed(LISTED))
    item = Item.objects.get()
    assert item.why_unready == "The catalogue lacks the unit that is counted, the strength of 比卡鲁胺片."
    assert list(Item.objects.unready()) == [item]
    with pytest.raises(Refused) as refusal:
        open_window(plan=window_plan(), items=[item], hospitals=[world.hospital], by=world.officer, now=NOW)
    assert [(fault.field, fault.message) for fault in refusal.value.faults] == [("items", item.why_unready)]
    client.force_login(world.cataloguer.person)
    page = client.get(reverse("catalogue:item", args=[item.reference])).content.decode()
    assert "Until then it enters no demand window and no tender." in page
    facts = ItemFacts("比卡鲁胺片", "50mg", "片剂", "口服", "片")
    item = edit_item(world, item, facts)
    assert (item.lacks, list(Item.objects.ready())) == ((), [item])
    open_window(plan=window_plan(), items=[item], hospitals=[world.hospital], by=world.officer, now=NOW)
    assert DemandWindow.objects.count() == 1


def test_a_consumable_lacks_its_specification(world):
    merged(world, products({"kind": "consumable", "item_name": "导管", "base_unit": "根"}))
    assert Item.objects.get().lacks == ("the specification",)


def test_an_item_and_a_product_are_edited_on_their_pages(world, client, item, product):
    client.force_login(world.cataloguer.person)
    address = reverse("catalogue:edit-item", args=[item.reference])
    assert f'value="{item.name}"' in client.get(address).content.decode()
    said = {**vars(FACTS), "route": "舌下", "starts_on": "2026-03-01", "reason": "typo"}
    assert client.post(address, said).status_code == 302
    page = client.get(reverse("catalogue:item", args=[item.reference])).content.decode()
    assert "Earlier versions" in page
    assert "edited the item, “苯磺酸氨氯地平片 5mg” until then, from" in page
    address = reverse("catalogue:edit-product", args=[product.reference])
    assert 'value="28"' in client.get(address).content.decode()
    said = {
        **vars(PACK),
        "commissioned_maker": "受托药厂",
        "packaging": "14片/板×2板/盒",
        "starts_on": "2026-03-01",
        "reason": "typo",
    }
    assert client.post(address, said).status_code == 302
    assert ProductVersion.objects.get(valid_to=None).packaging == "14片/板×2板/盒"
    assert "14片/板×2板/盒" in client.get(reverse("catalogue:product", args=[product.reference])).content.decode()
    refused = client.post(address, said | {"standard_code": "1"}).content.decode()
    assert "error" in refused
    client.force_login(world.pharmacist.person)
    assert client.get(address).status_code == 403


def test_programs_edit_too(world, item, product):
    program = program_of(world.cataloguer)
    said = {**vars(FACTS), "route": "舌下", "starts_on": "2026-03-01", "reason": "typo"}
    answer = program.post(f"/api/v1/items/{item.reference}/edit/", said, format="json")
    assert (answer.status_code, answer.json()["route"], answer.json()["lacks"]) == (200, "舌下", [])
    said = {**vars(PACK), "pack_size": 30, "starts_on": "2026-03-01", "reason": "typo"}
    answer = program.post(f"/api/v1/products/{product.reference}/edit/", said, format="json")
    assert [version["pack_size"] for version in answer.json()["versions"]] == [28, 30]
    assert answer.json()["versions"][0]["valid_to"] == date(2026, 2, 28).isoformat()
