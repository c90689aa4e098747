"""Regions are a hierarchy that reaches the county (GB/T 2260)."""

import pytest
from django import forms

from accounts.forms import RegionField
from accounts.models import Organisation, Region
from accounts.rules import region_prefix
from tests.arranging import arranged
from tests.roles import program_of

CHAOYANG = ("110105", "220104")  # two districts of one name


@pytest.fixture
def hubei(db):
    return Region.objects.get(code="420000")


def test_every_division_is_there_below_the_one_that_it_lies_in(db):
    regions = {region.code: region for region in Region.objects.select_related("parent")}
    by_level = {level: [r for r in regions.values() if r.level == level] for level in Region.Level}
    assert {level: len(found) for level, found in by_level.items()} == {"province": 34, "city": 333, "county": 2846}
    for region in regions.values():
        if region.parent:
            assert region.code.startswith(region_prefix(region.parent_id)), region.code
            assert region.full_name == region.parent.full_name + region.name
            assert region.parent.level in ({"province"} if region.level == "city" else {"province", "city"})
    assert not [r.code for r in by_level["province"] if r.parent_id or not r.name_en]
    assert str(regions["420102"]) == "湖北省武汉市江岸区"
    assert str(regions["429004"]) == "湖北省仙桃市", "it is administered by the province itself"
    assert str(regions["110105"]) == "北京市朝阳区"


def test_within_a_region_lies_what_its_hierarchy_says(hubei):
    below = [hubei]
    for region in below:
        below += region.children.all()
    assert set(Region.objects.within(hubei)) == set(below)
    assert all(hubei.covers(region) for region in below)
    wuhan = Region.objects.get(code="420100")
    assert set(Region.objects.within(wuhan)) == {wuhan, *wuhan.children.all()}
    assert not wuhan.covers(hubei)
    assert not wuhan.covers(Region.objects.get(code="421003"))
    county = Region.objects.get(code="420102")
    assert list(Region.objects.within(county)) == [county]


def test_organisations_have_a_region_of_any_level(world, hubei):
    world.hospital, world.supplier  # noqa: B018 (made when first asked for)
    move = Organisation.objects.filter(pk=world.hospital.pk)
    in_county = _at(move, "420102")
    assert set(Organisation.objects.within(hubei)) == {in_county, world.supplier}
    assert list(Organisation.objects.within(in_county.region.parent)) == [in_county]
    assert not Organisation.objects.within(Region.objects.get(code="110000")).exists()


def _at(organisations, code):
    arranged(organisations.update)(region=code)
    return organisations.get()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("420000", "420000"),
        ("湖北省", "420000"),
        ("hubei", "420000"),
        ("湖北省武汉市江岸区", "420102"),
        ("仙桃市", "429004"),
        (" 武汉市 ", "420100"),
    ],
)
def test_a_field_takes_code_full_name_or_a_short_name_of_one(db, text, code):
    assert RegionField().clean(text).code == code


def test_a_field_refuses_a_name_of_several_and_says_which(db):
    with pytest.raises(forms.ValidationError, match="北京市朝阳区") as refusal:
        RegionField().clean("朝阳区")
    assert "吉林省长春市朝阳区" in str(refusal.value)
    with pytest.raises(forms.ValidationError, match="No region"):
        RegionField().clean("Atlantis")
    with pytest.raises(forms.ValidationError, match="required"):
        RegionField().clean("")
    assert RegionField(required=False).clean("") is None


def test_a_field_offers_provinces_and_what_lies_in_the_agencys(world):
    assert Region.objects.offered().count() == 34
    world.agency  # noqa: B018
    offered = [name for name, _code in Region.objects.offered()]
    assert "湖北省武汉市江岸区" in offered
    assert "北京市" in offered
    assert "北京市朝阳区" not in offered
    shown = RegionField().get_bound_field(forms.Form(initial={"region": "420102"}), "region").as_widget()
    assert 'value="湖北省武汉市江岸区"' in shown
    assert '<option value="湖北省仙桃市">429004</option>' in shown


def test_the_list_of_organisations_narrows_to_a_region(world, client):
    registrar = world.seat(world.agency, "registrar")
    _at(Organisation.objects.filter(pk=world.hospital.pk), "420102")
    client.force_login(registrar.person)
    page = client.get("/organisations/", {"region": "武汉市"}).content.decode()
    assert world.hospital.name in page
    assert "湖北省武汉市江岸区" in page
    assert world.agency.credit_code not in page
    assert program_of(registrar).get("/api/v1/organisations/").status_code == 200
