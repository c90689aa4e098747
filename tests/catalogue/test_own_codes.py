"""Own codes: a hospital's or distributor's system maps what it calls things, and reads it back; nobody else does."""

import pytest
from django.urls import reverse

from catalogue.models import OwnCode
from core.models import Event
from tests.contracts.builders import product
from tests.contracts.pages import sitting
from tests.roles import program_of

pytestmark = pytest.mark.django_db
CODES = "/api/v1/own-codes/"


@pytest.fixture
def things(world):
    made = product("Atorvastatin 20 mg", 7, maker=world.supplier).product
    return made.item.reference, made.reference


def put(seat, *codes, status=200):
    answer = program_of(seat).put(CODES, {"codes": list(codes)}, format="json")
    assert answer.status_code == status, answer.content
    return answer.json()


def read(seat, **query):
    return {row["code"]: row["item"] or row["product"] for row in program_of(seat).get(CODES, query).json()["results"]}


def test_codes_are_set_changed_taken_away_and_read_back(world, things):
    item, product = things
    put(world.pharmacist, {"code": "HIS-1", "item": item}, {"code": "HIS-2", "product": product})
    assert read(world.pharmacist) == {"HIS-1": item, "HIS-2": product}
    assert read(world.receiver, product=product) == {"HIS-2": product}
    assert read(world.receiver, code="HIS-1", item=item) == {"HIS-1": item}
    told = put(world.receiver, {"code": "HIS-1", "product": product}, {"code": "HIS-2"}, {"code": "HIS-9"})
    assert [row["code"] for row in told["codes"]] == ["HIS-1"]
    assert read(world.pharmacist) == {"HIS-1": product}
    assert list(Event.objects.filter(verb="own_codes.set").order_by("id").values_list("data", flat=True)) == [
        {"set": 2, "removed": 0},
        {"set": 1, "removed": 1},
    ]


def test_organisations_do_not_meet_in_a_code(world, things):
    item, product = things
    put(world.pharmacist, {"code": "A", "item": item})
    put(world.dispatcher, {"code": "A", "product": product})
    assert read(world.pharmacist) == {"A": item}
    assert read(world.dispatcher) == {"A": product}
    assert read(world.officer) == {}
    put(world.officer, {"code": "A", "item": item}, status=403)


def test_what_is_wrong_is_told_row_by_row_and_nothing_is_set(world, things):
    item, product = things
    twice = put(world.pharmacist, {"code": "A", "item": item}, {"code": "A", "item": item}, status=422)
    assert [(fault["field"], fault["row"], fault["code"]) for fault in twice["faults"]] == [
        ("codes.code", 1, "twice"),
        ("codes.code", 2, "twice"),
    ]
    both = put(world.pharmacist, {"code": "A"}, {"code": "B", "item": item, "product": product}, status=422)
    assert [(fault["field"], fault["row"]) for fault in both["faults"]] == [("codes.product", 2)]
    unknown = put(world.pharmacist, {"code": "A", "item": item}, {"code": "B", "item": "I-0"}, status=400)
    assert [(fault["field"], fault["row"], fault["code"]) for fault in unknown["faults"]] == [
        ("codes.item", 2, "does_not_exist")
    ]
    assert not OwnCode.objects.exists()


def test_own_numbers_are_set_and_taken_away_on_the_page_of_an_item_and_of_a_product(world, things):
    client = sitting(world.pharmacist)
    for reference, kind in zip(things, ("item", "product"), strict=True):
        page = reverse(f"catalogue:{kind}", args=[reference])
        address = reverse(f"catalogue:set-{kind}-numbers", args=[reference])
        assert address in client.get(page).content.decode()
        assert client.post(address, {"numbers": f" {kind}-1 \n\n{kind}-2\n{kind}-1"}).status_code == 302
        assert read(world.pharmacist, **{kind: reference}) == {f"{kind}-1": reference, f"{kind}-2": reference}
        told = client.get(page).content.decode()
        assert f"{kind}-1, {kind}-2" in told
        assert f"{kind}-1" not in sitting(world.dispatcher).get(page).content.decode()
        client.post(address, {"numbers": f"{kind}-2"})
        assert read(world.pharmacist, **{kind: reference}) == {f"{kind}-2": reference}


def test_a_number_of_another_thing_is_not_taken_from_it_unsaid(world, things):
    item, product = things
    put(world.pharmacist, {"code": "HIS-1", "item": item})
    address = reverse("catalogue:set-product-numbers", args=[product])
    told = sitting(world.pharmacist).post(address, {"numbers": "HIS-1"}).content.decode()
    assert "HIS-1 is your number of Atorvastatin 20 mg" in told
    assert read(world.pharmacist) == {"HIS-1": item}
    assert sitting(world.officer).get(address).status_code == 403
