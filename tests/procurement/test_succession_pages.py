"""A registrar files what happened, another sees what would pass and confirms it: on pages and by programs."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import Filing, Organisation, Seat
from contracts.models import AgreedVolume
from core.clock import legal_date
from procurement.shell import todos
from tests.contracts.builders import trade
from tests.procurement.successions import Register
from tests.roles import program_of


@pytest.fixture
def register(world):
    return Register(world)


def paper():
    return SimpleUploadedFile("decision.pdf", b"%PDF decision")


def sent(**more):
    return {"day": legal_date(timezone.now()).isoformat(), "document": paper(), **more}


def test_the_second_registrar_sees_what_passes_and_confirms_it(world, register, client):
    trade(world, volumes={world.hospital: 70000})
    after = world.organisation("hospital", "Successor")
    page = reverse("accounts:propose-succession", args=[world.hospital.credit_code])
    client.force_login(register.first.person)
    answer = client.post(page, sent(kind="merger", other=after.credit_code))
    assert answer.status_code == 302, answer.content.decode()
    filing = Filing.objects.get()
    client.force_login(register.second.person)
    (todo,) = [one for one in todos(register.second, timezone.now()) if one.url == filing.get_absolute_url()]
    for shown in (client.get(todo.url), client.get(reverse("confirm-filing", args=[filing.reference]))):
        text = shown.content.decode()
        assert "What passes" in text
        assert "orders not received" in text
        assert "passes to Successor" in text
    assert client.post(reverse("confirm-filing", args=[filing.reference])).status_code == 302
    assert set(AgreedVolume.objects.values_list("hospital", flat=True)) == {after.pk}
    assert client.post(reverse("confirm-filing", args=[filing.reference])).status_code == 200
    ended = client.get(world.hospital.get_absolute_url()).content.decode()
    assert after.name in ended
    assert "succeeded" in ended
    assert page not in ended
    assert world.hospital.name in client.get(after.get_absolute_url()).content.decode()
    buyer = Seat.objects.get(organisation=after, person=world.pharmacist.person)
    client.force_login(buyer.person)
    for name in ("contracts:orders", "contracts:deliveries", "contracts:contracts", "home", "contracts:place-order"):
        assert client.get(reverse(name)).status_code == 200


def test_a_liquidation_names_its_administrator_and_a_closure_waits(world, register, client):
    trade(world, volumes={world.hospital: 70000})
    administrator = world.seat(world.supplier, "signatory", name="Liquidator")
    client.force_login(register.first.person)
    page = reverse("accounts:propose-liquidation", args=[world.supplier.credit_code])
    assert "Liquidator" in client.get(page).content.decode()
    assert client.post(page, sent(administrator=administrator.pk)).status_code == 302
    close = reverse("accounts:propose-closure", args=[world.supplier.credit_code])
    assert client.post(close, sent()).status_code == 302
    liquidation, closure = (Filing.objects.get(kind=kind) for kind in ("liquidation", "closure"))
    client.force_login(register.second.person)
    assert client.post(reverse("confirm-filing", args=[liquidation.reference])).status_code == 302
    assert "in liquidation" in client.get(world.supplier.get_absolute_url()).content.decode()
    assert "has to be decided first" in client.get(closure.get_absolute_url()).content.decode()
    refused = client.post(reverse("confirm-filing", args=[closure.reference]))
    assert refused.status_code == 200
    assert "nobody would have it" in refused.content.decode()
    assert Organisation.objects.get(pk=world.supplier.pk).ended_on is None
    assert Filing.objects.get(pk=closure.pk).status == "proposed"


def test_an_unknown_code_and_an_ended_organisation_are_told_beside_the_field(world, register, client):
    client.force_login(register.first.person)
    page = reverse("accounts:propose-succession", args=[world.hospital.credit_code])
    text = client.post(page, sent(kind="merger", other="NOBODY")).content.decode()
    assert "Nobody is registered under this code." in text


def test_programs_file_preview_and_confirm(world, register):
    trade(world, volumes={world.hospital: 70000})
    first, second = program_of(register.first), program_of(register.second)
    after, idle = world.organisation("hospital", "Successor"), world.organisation("hospital", "Idle")
    seat = world.seat(idle, "pharmacist")
    code = {"organisation": idle.credit_code}
    merger = {"organisation": world.hospital.credit_code, "other": after.credit_code, "kind": "merger"}
    made = [
        first.post(f"/api/v1/filings/{path}/", sent(**body), format="multipart")
        for path, body in (
            ("successions", merger),
            ("liquidations", {**code, "administrator": seat.person.email}),
            ("closures", code),
        )
    ]
    assert [answer.status_code for answer in made] == [201, 201, 201], [answer.json() for answer in made]
    nobody = first.post("/api/v1/filings/liquidations/", sent(**code, administrator="x@y.test"), format="multipart")
    assert nobody.status_code == 400
    reference = made[0].json()["reference"]
    told = {one["label"]: one["count"] for one in second.get(f"/api/v1/filings/{reference}/preview/").json()}
    assert told["agreed volumes"] == 2
    for answer in made:
        path = f"/api/v1/filings/{answer.json()['reference']}/confirm/"
        assert second.post(path, {}, format="json").status_code == 200
        assert second.post(path, {}, format="json").status_code == 409
    read = second.get(f"/api/v1/organisations/{world.hospital.credit_code}/").json()
    assert (read["standing"], read["succeeded_by"]) == ("succeeded", after.credit_code)
    assert second.get(f"/api/v1/organisations/{idle.credit_code}/").json()["standing"] == "closed"


def test_an_organisation_that_has_ended_is_offered_nowhere(world, register, client):
    after = world.organisation("hospital", "Successor")
    register.succeed(world.hospital, after, now=timezone.now() - timedelta(minutes=1))
    client.force_login(world.officer.person)
    text = client.get(reverse("demand:open-window")).content.decode()
    assert after.name in text
    assert world.hospital.name not in text
