"""The published results that come with the project go through the importer like any other file."""

from pathlib import Path

import pytest

import catalogue
from catalogue.models import Item, Product, ProductVersion
from tests.catalogue.files import counts, merged

DATA = Path(catalogue.__file__).parent / "data"


def imported(world, name):
    return merged(world, (DATA / name).read_bytes(), name)


def test_the_26_results_of_2018(world):
    assert counts(imported(world, "vbp_2018.csv")) == (26, 0, 0, 0)
    assert Product.objects.count() == 26
    assert ProductVersion.objects.filter(unverified=False).count() == 7
    clopidogrel = ProductVersion.objects.get(product__item__name="硫酸氢氯吡格雷片", product__item__strength="75mg")
    assert (clopidogrel.maker_name, clopidogrel.pack_size, clopidogrel.pack_unit) == ("深圳信立泰", 7, "盒")
    assert "npguniversity.com" in clopidogrel.source
    assert counts(imported(world, "vbp_2018.csv")) == (0, 0, 26, 0)


def test_the_ten_stents_of_2020(world):
    assert counts(imported(world, "stents_2020.csv")) == (10, 0, 0, 0)
    assert (Item.objects.count(), Product.objects.count()) == (1, 10)
    assert Item.objects.get().kind == "consumable"
    assert ProductVersion.objects.filter(unverified=True).count() == 10, "their prices and names are from memory"


@pytest.mark.parametrize("name", ["vbp_2018.csv", "stents_2020.csv"])
def test_nothing_is_made_up(world, name):
    imported(world, name)
    assert not Item.objects.exclude(code_prefix="").exists()
    assert not ProductVersion.objects.exclude(national_code="", approval_number="", standard_code="").exists()
    assert ProductVersion.objects.offerable().count() == ProductVersion.objects.count()
    assert not ProductVersion.objects.filter(source="").exists()
