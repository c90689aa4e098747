"""Who may offer a product: its maker, its holder, a sole agent of imports, and a dealer where the rules say so."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import Organisation
from catalogue import actions
from catalogue.actions import Letter
from catalogue.models import Authorisation, Product, ProductVersion
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from tests.catalogue.files import TABLET, merged, products
from tests.roles import program_of
from tests.world import NOW

TODAY = legal_date(NOW)
LAST = TODAY + timedelta(days=1000)


@pytest.fixture
def product(world):
    merged(world, products(TABLET))
    return Product.objects.get()


def letter(of: Product, /, **said) -> Letter:
    facts = {
        "kind": "sole_agent",
        "product": None,
        "valid_from": TODAY,
        "valid_to": LAST,
        "evidence": "Letter 7 of 2026",
    }
    return Letter(maker=of.maker, **(facts | said))


def authorise(world, of: Product, supplier: Organisation | None = None, /, **said) -> Authorisation:
    by, to = world.cataloguer, supplier or world.supplier
    return actions.authorise(letter=letter(of, **said), supplier=to, by=by, now=NOW)


def offered(supplier: Organisation, day: date, *, dealers: bool = False) -> bool:
    return ProductVersion.objects.offered_by(supplier.pk, day, dealers=dealers).exists()


def test_a_maker_is_registered_once_as_a_supplier(world, client, product):
    client.force_login(world.cataloguer.person)
    address = reverse("catalogue:link-maker", args=[product.reference])
    assert "No supplier is registered" in client.post(address, {"credit_code": "nobody"}).content.decode()
    assert not offered(world.supplier, TODAY)
    assert client.post(address, {"credit_code": world.supplier.credit_code}).status_code == 302
    assert Event.objects.get(verb="maker.linked").data["maker"] == "浙江京新"
    assert ProductVersion.objects.offered_by(world.supplier.pk, TODAY, dealers=False).get().product == product
    maker = Product.objects.get().maker
    with pytest.raises(Conflict):
        actions.link_maker(maker=maker, organisation=world.supplier, by=world.cataloguer, now=NOW)
    with pytest.raises(Refused, match="Only a supplier"):
        actions.link_maker(maker=maker, organisation=world.hospital, by=world.cataloguer, now=NOW)
    with pytest.raises(Denied):
        actions.link_maker(maker=maker, organisation=world.supplier, by=world.bid_manager, now=NOW)


def test_a_sole_agent_offers_from_the_first_to_the_last_day_of_its_letter(world, product):
    authorise(world, product)
    days = (TODAY - timedelta(days=1), TODAY, LAST, LAST + timedelta(days=1))
    assert [offered(world.supplier, day) for day in days] == [False, True, True, False]
    other = world.organisation("supplier")
    assert not offered(other, TODAY)


def test_a_dealer_offers_only_where_dealers_may(world, product):
    authorise(world, product, kind="dealer")
    assert not offered(world.supplier, TODAY)
    assert offered(world.supplier, TODAY, dealers=True)


def test_a_letter_for_one_product_covers_no_other_of_the_maker(world, product):
    merged(world, products(TABLET | {"pack_size": "14"}))
    other = Product.objects.exclude(pk=product.pk).get()
    assert other.maker == product.maker
    authorise(world, product, product=product)
    own = ProductVersion.objects.offered_by(world.supplier.pk, TODAY, dealers=False)
    assert [version.product for version in own] == [product]


def test_there_is_one_sole_agent_at_a_time_and_none_beside_a_registered_maker(world, product):
    authorise(world, product)
    rival = world.organisation("supplier")
    with pytest.raises(Refused, match="Another sole agent") as refusal:
        authorise(world, product, rival, valid_from=LAST)
    assert refusal.value.faults[0].field == "valid_from"
    authorise(world, product, rival, valid_from=LAST + timedelta(days=1), valid_to=LAST + timedelta(days=9))
    authorise(world, product, rival, kind="dealer")
    actions.link_maker(maker=product.maker, organisation=rival, by=world.cataloguer, now=NOW)
    with pytest.raises(Refused, match="offers its products itself"):
        authorise(world, product, valid_from=LAST + timedelta(days=90), valid_to=LAST + timedelta(days=99))


def test_what_a_letter_cannot_say_is_refused_at_its_field(world, product):
    with pytest.raises(Refused) as refusal:
        authorise(world, product, valid_to=TODAY - timedelta(days=1))
    assert refusal.value.faults[0].field == "valid_to"
    with pytest.raises(Refused, match="Only a supplier"):
        authorise(world, product, world.hospital)
    with pytest.raises(Denied):
        actions.authorise(letter=letter(product), supplier=world.supplier, by=world.bid_manager, now=NOW)
    assert not Authorisation.objects.exists()


def test_an_authorisation_ends_once_before_its_day_with_a_reason(world, product):
    made = authorise(world, product)
    held = Authorisation.objects.get()
    act = {"by": world.cataloguer, "now": NOW}
    with pytest.raises(Refused, match="between its first day") as refusal:
        actions.end_authorisation(authorisation=made, last_day=LAST, reason="withdrawn", **act)
    assert refusal.value.faults[0].field == "last_day"
    actions.end_authorisation(authorisation=made, last_day=TODAY, reason="withdrawn", **act)
    assert [offered(world.supplier, TODAY + timedelta(days=n)) for n in (0, 1)] == [True, False]
    with pytest.raises(Conflict):
        actions.end_authorisation(authorisation=held, last_day=TODAY, reason="again", **act)
    ended = Event.objects.get(verb="authorisation.ended")
    assert (ended.subject, ended.data["reason"]) == (made.reference, "withdrawn")


def test_the_pages_record_show_and_end_it(world, client, product):
    client.force_login(world.cataloguer.person)
    address = reverse("catalogue:authorise", args=[product.reference])
    said = {
        "kind": "sole_agent",
        "scope": "maker",
        "credit_code": world.supplier.credit_code,
        "valid_from": TODAY.isoformat(),
        "valid_to": LAST.isoformat(),
        "evidence": "Letter 7 of 2026",
    }
    assert "No supplier is registered" in client.post(address, said | {"credit_code": "nobody"}).content.decode()
    assert client.post(address, said).status_code == 302
    page = client.get(reverse("catalogue:product", args=[product.reference])).content.decode()
    assert f"{world.supplier} (sole agent of imports" in page
    made = Authorisation.objects.get()
    listed = reverse("catalogue:authorisations")
    assert made.reference in client.get(listed, {"q": world.supplier.name, "force": "yes"}).content.decode()
    assert made.reference not in client.get(listed, {"force": "no"}).content.decode()
    end = reverse("catalogue:end-authorisation", args=[made.reference])
    assert end in client.get(listed).content.decode()
    assert client.post(end, {"last_day": TODAY.isoformat(), "reason": "withdrawn"}).status_code == 302
    assert end not in client.get(listed).content.decode()
    client.force_login(world.pharmacist.person)
    assert client.get(listed).status_code == 200
    assert client.get(address).status_code == client.get(end).status_code == 403


def test_programs_register_makers_and_record_and_end_letters(world, product):
    program = program_of(world.cataloguer)
    said = {
        "kind": "dealer",
        "supplier": world.supplier.credit_code,
        "product": product.reference,
        "alone": True,
        "valid_from": TODAY.isoformat(),
        "valid_to": LAST.isoformat(),
        "evidence": "Letter 7 of 2026",
    }
    answer = program.post("/api/v1/authorisations/", said, format="json")
    assert (answer.status_code, answer.json()["product"]) == (201, product.reference)
    reference = answer.json()["reference"]
    assert program.post("/api/v1/authorisations/", said | {"supplier": "nobody"}, format="json").status_code == 400
    address = f"/api/v1/authorisations/{reference}/end/"
    ended = program.post(address, {"last_day": TODAY.isoformat(), "reason": "withdrawn"}, format="json")
    assert (ended.status_code, ended.json()["valid_to"]) == (200, TODAY.isoformat())
    assert program.get("/api/v1/authorisations/").json()["results"][0]["end_reason"] == "withdrawn"
    link = f"/api/v1/products/{product.reference}/link-maker/"
    assert program.post(link, {"supplier": world.supplier.credit_code}, format="json").status_code == 200
    assert program.post(link, {"supplier": world.supplier.credit_code}, format="json").status_code == 409
    assert offered(world.supplier, TODAY)
