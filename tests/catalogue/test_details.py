"""Class, quality, storage and registration come with a file, and an edit keeps what it does not name."""

import pytest

from catalogue import actions
from catalogue.actions import Edit, ItemFacts, ProductFacts
from catalogue.models import Item, ItemVersion, ProductVersion
from catalogue.rules import CodeError, read_detail
from core.clock import legal_date
from core.errors import Refused
from tests.catalogue.files import TABLET, merged, products
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
    pack = ProductFacts("", "", "", "", "", 28, "盒", "", "notice", {"storage": "cool", "udi_di": "06901234567892"})
    after = actions.edit_product(product=version.product, facts=pack, edit=EDIT, by=world.cataloguer, now=NOW)
    assert (after.storage, after.udi_di, after.quality_level) == ("cool", "06901234567892", "consistent")
    assert after.commissioned_maker.name == "受托药厂"
    facts = ItemFacts(item.name, item.strength, item.form, item.route, item.base_unit, "", {"population": "any"})
    actions.edit_item(item=item, facts=facts, edit=EDIT, by=world.cataloguer, now=NOW)
    item.refresh_from_db()
    assert (item.population, item.atc_code, ItemVersion.objects.get().population) == ("any", "C08CA01", "adult")
    wrong = ProductFacts("", "", "", "", "", 28, "盒", "", "notice", {"udi_di": "06901234567893"})
    with pytest.raises(Refused):
        actions.edit_product(product=version.product, facts=wrong, edit=EDIT, by=world.cataloguer, now=NOW)


@pytest.mark.parametrize(
    ("name", "text"),
    [("atc_code", "C8"), ("category_code", "091"), ("storage", "warm"), ("udi_di", "123"), ("shelf_life_months", "0")],
)
def test_what_does_not_follow_its_grammar_is_refused(name, text):
    with pytest.raises(CodeError):
        read_detail(name, text)
