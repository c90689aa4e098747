"""Class, quality, storage and registration come with a file, and an edit keeps what it does not name."""

import pytest

from catalogue import actions
from catalogue.actions import Edit, ItemFacts, ProductFacts
from catalogue.models import Item, ItemVersion, ProductVersion
from catalogue.rules import CodeError, read_detail
from core.clock import legal_date
from core.errors import Refused
from tests.catalogue.files import TABLET, merged, products
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.world import NOW

SAID = {
    "name_en": "Amlodipine besylate tablets",
    "atc_code": "C08CA01",
    "population": "成人",
    "quality_level": "通过一致性评价",
    "storage": "常温",
    "shelf_life_months": "36",
    "commissioned_maker": "受托药厂",
    "registration_expires_on": "2030-01-31",
}
EDIT = Edit(legal_date(NOW), "the label says so")


def test_an_imported_row_keeps_its_details_through_an_edit_that_names_others(world):
    merged(world, products(TABLET | SAID))
    item, version = Item.objects.get(), ProductVersion.objects.select_related("product").get()
    assert (item.name_en, item.atc_code, item.population) == (SAID["name_en"], "C08CA01", "adult")
    assert (version.quality_level, version.shelf_life_months, str(version.registration_expires_on)) == (
        "consistent",
        36,
        "2030-01-31",
    )
    pack = ProductFacts(
        "", "", "", "", "", 28, "盒", "", "notice", details={"storage": "cool", "udi_di": "06901234567892"}
    )
    after = actions.edit_product(product=version.product, facts=pack, edit=EDIT, by=world.cataloguer, now=NOW)
    assert (after.storage, after.udi_di, after.quality_level) == ("cool", "06901234567892", "consistent")
    assert after.commissioned_maker.name == "受托药厂"
    facts = ItemFacts(
        item.name, item.strength, item.form, item.route, item.base_unit, "", details={"population": "any"}
    )
    actions.edit_item(item=item, facts=facts, edit=EDIT, by=world.cataloguer, now=NOW)
    item.refresh_from_db()
    assert (item.population, item.atc_code, ItemVersion.objects.get().population) == ("any", "C08CA01", "adult")
    wrong = ProductFacts("", "", "", "", "", 28, "盒", "", "notice", details={"udi_di": "06901234567893"})
    with pytest.raises(Refused):
        actions.edit_product(product=version.product, facts=wrong, edit=EDIT, by=world.cataloguer, now=NOW)


@pytest.mark.parametrize(
    ("name", "text"),
    [("atc_code", "C8"), ("category_code", "091"), ("storage", "warm"), ("udi_di", "123"), ("shelf_life_months", "0")],
)
def test_what_does_not_follow_its_grammar_is_refused(name, text):
    with pytest.raises(CodeError):
        read_detail(name, text)


def test_every_fact_is_edited_on_the_page_and_shown_there(world):
    merged(world, products(TABLET | {"strength": "5mg/80mg"}))
    item, page = Item.objects.get(), sitting(world.cataloguer)
    address = f"/catalogue/items/{item.reference}/"
    form = page.get(f"{address}edit/").context["form"]
    assert form.initial["strengths"] == "5mg\n80mg"
    said = {name: form[name].initial or "" for name in form.fields}
    said |= {"strengths": "氨氯地平 5mg\n缬沙坦 80mg", "units_a_day": "1", "atc_code": "C09DB01", "population": "adult"}
    said |= {"name_en": "Amlodipine and valsartan", "sugar_free": "", "reason": "as the label says"}
    wrong = page.post(f"{address}edit/", said | {"strengths": "5mg and more"})
    assert "strengths" in wrong.context["form"].errors
    assert page.post(f"{address}edit/", said).status_code == 302
    item.refresh_from_db()
    assert [part.ingredient for part in item.quantities.parts] == ["氨氯地平", "缬沙坦"]
    assert item.quantities.use.units_a_day == 1
    shown = page.get(address).content.decode()
    assert "氨氯地平 5mg + 缬沙坦 80mg" in shown
    assert "C09DB01" in shown
    for kind in ("csv", "xlsx"):
        exported = page.get("/catalogue/", {"export": kind})
        assert exported.status_code == 200
    exported = b"".join(page.get("/catalogue/", {"export": "csv"}).streaming_content).decode()
    assert "氨氯地平5mg+缬沙坦80mg" in exported
    assert "adults" in exported
    [told] = program_of(world.pharmacist).get("/api/v1/items/").json()["results"]
    assert told["contents"]["units_a_day"] == "1"


def test_a_devices_registration_is_edited_with_its_product(world):
    stent = {
        "kind": "consumable",
        "item_name": "冠状动脉支架",
        "strength": "3.0×18",
        "base_unit": "套",
        "maker": "乐普",
    }
    merged(world, products(stent | {"pack_size": "1", "pack_unit": "盒", "source": "list"}))
    version, page = ProductVersion.objects.select_related("product").get(), sitting(world.cataloguer)
    address = f"/catalogue/products/{version.product.reference}/"
    form = page.get(f"{address}edit/").context["form"]
    assert "quality_level" not in form.fields
    said = {name: form[name].initial or "" for name in form.fields}
    said |= {
        "model": "GuReater",
        "registration_expires_on": "2030-01-31",
        "high_value": "on",
        "udi_di": "06901234567892",
    }
    assert page.post(f"{address}edit/", said | {"reason": "the certificate"}).status_code == 302
    shown = page.get(address).content.decode()
    for text in ("GuReater", "06901234567892", "High-value consumable"):
        assert text in shown
    exported = b"".join(page.get("/catalogue/products/", {"export": "csv"}).streaming_content).decode()
    assert "GuReater" in exported


def test_a_file_states_what_a_strength_does_not_say(world):
    merged(world, products(TABLET | {"strengths": "氨氯地平 5mg", "units_a_day": "2", "sugar_free": "是"}))
    said = Item.objects.get().quantities
    assert (said.parts[0].ingredient, said.use.units_a_day, said.use.sugar_free) == ("氨氯地平", 2, True)
