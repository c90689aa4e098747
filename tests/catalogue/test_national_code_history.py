"""Codes are disabled and remapped, and never lost: whoever names the old one means the product that has the new."""

from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue import actions
from catalogue.actions import set_codes
from catalogue.meaning import meant
from catalogue.models import Item, PriceEntry, Product, ProductCode, ProductVersion
from catalogue.rules import ParsedCode
from core.clock import legal_date
from core.errors import Denied, Refused
from core.models import Event
from tests.catalogue.files import LISTED, PRECISE, PRICE, as_csv, counts, merged, prices, products, read
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.world import NOW

TODAY = legal_date(NOW)
OLD = LISTED["code"]
NEW = OLD[:-7] + "0200662"  # another pack, the same maker
LAST = OLD[:-7] + "0300662"
OTHER_FORM = "XL02BBB085A002010100662"
PLACE = st.integers(0, 6)
REMAP = ParsedCode(OLD, NEW, reason="merged codes")


def remaps(*pairs):
    return as_csv(("old_code", "new_code"), [{"old_code": old, "new_code": new} for old, new in pairs])


def disabled(*codes):
    return as_csv(("停用编码", "停用原因"), [{"停用编码": code, "停用原因": "withdrawn"} for code in codes])


def say(world, *rows, now=NOW):
    return set_codes(rows=rows, by=world.cataloguer, now=now)


@pytest.fixture
def product(world):
    merged(world, products(PRECISE))
    return Product.objects.get()


def test_a_list_of_old_and_new_codes_is_previewed_and_keeps_one_product(world, product):
    batch = read(world, remaps((OLD, NEW)))
    assert counts(batch) == (0, 1, 0, 0)
    assert not ProductCode.objects.exists()
    assert batch.staged_rows.get().changes["national_code"] == [OLD, NEW]
    actions.merge_import(batch=batch, by=world.cataloguer, now=NOW)
    actions.apply_import(batch=batch, now=NOW)
    before, after = product.versions.order_by("number")
    assert (before.national_code, before.valid_to) == (OLD, TODAY - timedelta(days=1))
    assert (after.national_code, after.valid_from, after.pack_size, after.reason) == (NEW, TODAY, 28, batch.reference)
    for code in (OLD, NEW):
        batch = merged(
            world,
            products(PRECISE | {"national_code": code, "brand": f"brand {code}", "valid_from": ""}),
            now=NOW + timedelta(days=1 + (code == NEW)),
        )
        assert counts(batch)[:2] == (0, 1)
    assert Product.objects.get().pk == product.pk
    assert meant([[OLD]]) == [[product.item]]
    told = read(world, products(PRECISE)).told
    assert any(f"{OLD} → {NEW}" in note for note in told)


def test_a_product_stays_with_its_item_whatever_the_new_code_begins_with(world, product):
    merged(world, remaps((OLD, OTHER_FORM)))
    for code in (OLD, OTHER_FORM):
        merged(world, products(PRECISE | {"national_code": code}), now=NOW + timedelta(days=1))
    assert (Item.objects.count(), Product.objects.get().pk) == (1, product.pk)


def test_prices_follow_a_remapped_code(world, product):
    say(world, REMAP)
    merged(world, prices(PRICE | {"item_name": "", "strength": "", "national_code": OLD}))
    assert PriceEntry.objects.get().product == product


def test_a_code_that_is_remapped_before_its_product_comes_leads_to_it(world):
    merged(world, remaps((OLD, NEW)))
    merged(world, products(PRECISE))
    product = Product.objects.get()
    assert (product.key, ProductCode.objects.get().product) == (NEW, product)


def test_two_products_of_which_one_takes_the_code_of_the_other_become_one(world, product):
    merged(world, products(PRECISE | {"national_code": NEW}))
    other = Product.objects.get(key=NEW)
    say(world, REMAP)
    assert product.versions.get().national_code == OLD  # nothing of it is lost
    assert ProductCode.objects.get().product == other
    assert set(ProductVersion.objects.offerable()) == {other.versions.get()}


def test_chains_lead_to_their_end_and_circles_are_refused_at_their_rows(world, product):
    assert counts(merged(world, remaps((OLD, NEW), (NEW, LAST))))[3] == 0
    assert product.versions.get(valid_to=None).national_code == LAST
    assert set(ProductCode.objects.values_list("code", "leads_to", "product")) == {
        (OLD, LAST, product.pk),
        (NEW, LAST, product.pk),
    }
    batch = read(world, remaps((LAST, OTHER_FORM), (OTHER_FORM, OLD)))
    assert counts(batch) == (0, 0, 0, 2)
    fault = batch.staged_rows.first().told()[0]
    assert (fault.field, fault.row) == ("new_code", 2)
    assert "leads back" in fault.message
    with pytest.raises(Refused) as refused:
        say(world, REMAP, ParsedCode(LAST, OLD, reason="so"))
    assert [(fault.field, fault.row) for fault in refused.value.faults] == [("new_code", 2)]


def test_a_later_remap_carries_on_what_led_to_its_code(world, product):
    say(world, REMAP)
    say(world, ParsedCode(NEW, LAST, reason="again"), now=NOW + timedelta(days=1))
    assert ProductCode.objects.get(code=OLD).leads_to == LAST
    assert [version.national_code for version in product.versions.order_by("number")] == [OLD, NEW, LAST]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=6, unique_by=lambda pair: pair[0])
)
def test_whatever_a_list_says_no_code_leads_to_one_that_is_remapped(world, pairs):
    with transaction.atomic():  # each list finds no code yet
        check_list(world, pairs)
        transaction.set_rollback(True)


def check_list(world, pairs):
    """Held against a walk in Python: every code leads to the end of its chain; circles are refused at their rows."""
    codes = [f"{OLD[:-7]}{number:02}00662" for number in range(10, 17)]
    ends, mapped = {}, {a: b for a, b in pairs if a != b}
    for start in mapped:
        seen, at = set(), start
        while at in mapped and at not in seen:
            seen.add(at)
            at = mapped[at]
        ends[start] = None if at in mapped else at
    if None in ends.values():
        with pytest.raises(Refused) as refused:
            say(world, *(ParsedCode(codes[a], codes[b], reason="r") for a, b in mapped.items()))
        rows = list(mapped)
        assert [rows[fault.row - 1] for fault in refused.value.faults] == [a for a in rows if ends[a] is None]
    elif mapped:
        said = say(world, *(ParsedCode(codes[a], codes[b], reason="r") for a, b in mapped.items()))
        assert [code.leads_to for code in said] == [codes[ends[a]] for a in mapped]


def test_disabled_codes_of_a_list_are_no_longer_offered_and_stay_found(world, product):
    assert ProductVersion.objects.offerable().exists()
    batch = merged(world, disabled(OLD, LAST))
    assert counts(batch) == (1, 1, 0, 0)
    assert not ProductVersion.objects.offerable().exists()
    assert meant([[OLD]]) == [[product.item]]
    code = ProductCode.objects.get(code=OLD)
    actions.take_back_code(code=code, last_day=TODAY, reason="by mistake", by=world.cataloguer, now=NOW)
    assert ProductVersion.objects.offerable().exists()
    assert counts(read(world, disabled(OLD), now=NOW + timedelta(days=1))) == (0, 1, 0, 0)


def test_a_remapping_that_is_taken_back_gives_the_product_its_code_again(world, product):
    code = say(world, REMAP)[0]
    actions.take_back_code(code=code, last_day=TODAY, reason="wrong list", by=world.cataloguer, now=NOW)
    product.refresh_from_db()
    assert product.key == OLD
    assert [version.national_code for version in product.versions.order_by("number")] == [OLD, NEW, OLD]
    verbs = list(Event.objects.filter(subject=product.reference).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["code.remapped", "code.taken_back"]


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        (replace(REMAP, new_code=OLD), "new_code", "wrong_kind"),
        (replace(REMAP, new_code="C020101052010010000100001"), "new_code", "invalid"),
        (replace(REMAP, new_code="ZA01AAA0001010100001"), "new_code", "wrong_kind"),
        (replace(REMAP, code="X1"), "code", "invalid"),
        (replace(REMAP, reason=" "), "reason", "required"),
        (replace(REMAP, valid_from=TODAY + timedelta(days=1)), "valid_from", "code_refused"),
    ],
)
def test_what_cannot_be_said_of_a_code_is_refused_at_its_field(world, product, row, field, code):
    with pytest.raises(Refused) as refused:
        say(world, row)
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [(field, code)]


def test_a_code_is_changed_on_the_page_of_its_product_and_by_programs(world, product):
    with connection.cursor() as cursor:  # the worker's own, which ends with its transaction
        cursor.execute("DROP TABLE pg_temp.planned")
    address = reverse("catalogue:change-code", args=[product.reference])
    asked = {"new_code": NEW, "valid_from": TODAY.isoformat(), "reason": "merged codes"}
    assert sitting(world.pharmacist).get(address).status_code == 403
    client = sitting(world.cataloguer)
    assert "circle" not in client.get(address).content.decode()
    assert "Position 1" in client.post(address, asked | {"new_code": "A1"}).content.decode()
    assert client.post(address, asked).status_code == 302
    product.refresh_from_db()
    assert product.key == NEW
    send = program_of(world.cataloguer)
    rows = {"codes": [{"code": NEW, "new_code": LAST, "reason": "again"}, {"code": OTHER_FORM, "reason": "withdrawn"}]}
    late = timezone.now() + timedelta(days=3)
    with patch("django.utils.timezone.now", return_value=late):
        answer = send.post("/api/v1/codes/", rows, format="json", headers={"Idempotency-Key": "codes-of-march"})
    assert answer.status_code == 201
    assert [code["status"] for code in answer.json()["codes"]] == ["remapped", "disabled"]
    (found,) = send.get("/api/v1/codes/", {"code": OLD}).json()["results"]
    assert (found["leads_to"], found["product"]) == (LAST, product.reference)


def test_only_who_keeps_the_catalogue_says_what_became_of_a_code(world, product):
    with pytest.raises(Denied):
        set_codes(rows=[REMAP], by=world.pharmacist, now=NOW)
    with pytest.raises(Refused):
        say(world, REMAP, replace(REMAP, new_code=LAST))
    say(world, REMAP)
    with pytest.raises(Refused):
        say(world, replace(REMAP, new_code=LAST))
    assert say(world, REMAP)[0].remapped_to == NEW  # said again, it is so already


def test_what_was_said_of_a_code_is_taken_back_on_a_page_of_its_own(world, product):
    say(world, REMAP)
    page = sitting(world.cataloguer).get(reverse("catalogue:product", args=[product.reference])).content.decode()
    address = reverse("catalogue:take-back-code", args=[OLD, "remapped"])
    assert address in page
    assert address not in sitting(world.pharmacist).get(product_page(product)).content.decode()
    assert sitting(world.pharmacist).get(address).status_code == 403
    client = sitting(world.cataloguer)
    assert "its old one again" in client.get(address).content.decode()
    wrong = {"last_day": (TODAY - timedelta(days=1)).isoformat(), "reason": "wrong list"}
    assert "Choose a day" in client.post(address, wrong).content.decode()
    with patch("django.utils.timezone.now", return_value=NOW):
        assert client.post(address, wrong | {"last_day": TODAY.isoformat()}).url == product_page(product)
        assert "taken back already" in client.post(address, wrong | {"last_day": TODAY.isoformat()}).content.decode()
    product.refresh_from_db()
    assert product.key == OLD
    assert client.get(reverse("catalogue:take-back-code", args=[OLD, "disabled"])).status_code == 404


def product_page(product):
    return reverse("catalogue:product", args=[product.reference])


def test_a_program_takes_back_what_was_said_of_a_code(world, product):
    say(world, ParsedCode(OLD, reason="withdrawn"))
    address, asked = f"/api/v1/codes/{OLD}/disabled/take-back/", {"last_day": TODAY.isoformat(), "reason": "by mistake"}
    refused = program_of(world.pharmacist).post(address, asked, format="json", headers={"Idempotency-Key": "k" * 16})
    assert refused.status_code == 403
    send = program_of(world.cataloguer)
    with patch("django.utils.timezone.now", return_value=NOW):
        answer = send.post(address, asked, format="json", headers={"Idempotency-Key": "taken-back-once"})
        again = send.post(address, asked, format="json", headers={"Idempotency-Key": "taken-back-twice"})
    assert (answer.status_code, answer.json()["valid_to"]) == (200, TODAY.isoformat())
    assert (again.status_code, again.json()["code"]) == (422, "too_late")
    gone = send.post(address.replace(OLD, NEW), asked, format="json", headers={"Idempotency-Key": "of-another-code"})
    assert gone.status_code == 404


def test_every_code_of_which_something_is_said_stands_in_a_list_as_of_any_day(world, product):
    say(world, REMAP)
    client, address = sitting(world.pharmacist), reverse("catalogue:codes")
    with patch("django.utils.timezone.now", return_value=NOW):
        for asked in ({}, {"code": OLD[:9]}, {"code": NEW}, {"status": "remapped"}, {"on": TODAY.isoformat()}):
            assert OLD in client.get(address, asked).content.decode()
        for asked in ({"code": LAST}, {"status": "disabled"}, {"on": (TODAY - timedelta(days=1)).isoformat()}):
            assert OLD not in client.get(address, asked).content.decode()
            export = client.get(address, asked | {"export": "csv"})
            assert OLD not in b"".join(export.streaming_content).decode()
    assert "Take back" not in client.get(address).content.decode()
    assert "Take back" in sitting(world.cataloguer).get(address).content.decode()
