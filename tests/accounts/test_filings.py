"""A name or licence changes by two people, from a day on, with its document; papers keep the name of their day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.actions import Basis, Evidence, decline_filing, propose_renaming
from accounts.models import Filing, Organisation, OrganisationVersion
from accounts.shell import todos
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from core.search import find
from procurement.actions import confirm_filing
from tests.contracts.builders import contract_in_force, order
from tests.roles import as_web, program_of
from tests.world import NOW

TODAY = legal_date(NOW)
LATER = NOW + timedelta(days=40)
DAY = TODAY + timedelta(days=30)
PAPER = Evidence("notice.pdf", b"%PDF the registration authority says so")
BASIS = Basis(DAY, PAPER)


@pytest.fixture
def registrar(world):
    return world.seat(world.agency, "registrar")


@pytest.fixture
def second(world):
    return world.seat(world.agency, "registrar")


def renamed(world, registrar, second, name="Nova 新名", basis=BASIS, now=LATER):
    filing = propose_renaming(organisation=world.hospital, name=name, basis=basis, by=registrar, now=now)
    return confirm_filing(filing=filing, by=second, now=now)


def test_a_name_changes_once_a_second_registrar_has_confirmed_it(world, registrar, second):
    before = world.hospital.name
    filing = propose_renaming(
        organisation=world.hospital, name=" Nova 新名 ", licence="L-2", basis=BASIS, by=registrar, now=LATER
    )
    assert Organisation.objects.get(pk=world.hospital.pk).name == before
    confirm_filing(filing=filing, by=second, now=LATER)
    found = Organisation.objects.get(pk=world.hospital.pk)
    assert (found.name, found.licence) == ("Nova 新名", "L-2")
    assert [found.name_on(DAY - timedelta(days=days)) for days in (4000, 1, 0, -9)] == [
        before,
        before,
        *["Nova 新名"] * 2,
    ]
    event = Event.objects.get(verb="organisation.renamed")
    assert (event.subject, event.data["before"], event.audience) == (found.credit_code, before, "public")


def test_nobody_confirms_what_the_same_person_has_filed(world, registrar, second):
    filing = propose_renaming(organisation=world.hospital, name="Nova", basis=BASIS, by=registrar, now=LATER)
    with pytest.raises(Refused, match="Somebody else"):
        confirm_filing(filing=filing, by=registrar, now=LATER)
    with pytest.raises(Denied):
        confirm_filing(filing=filing, by=world.officer, now=LATER)

    @action
    def past_the_action(*, now):
        Filing.objects.filter(pk=filing.pk).update(status="confirmed", confirmed_at=now, confirmed_by=registrar)

    with pytest.raises(DatabaseError, match="two people"), transaction.atomic():
        past_the_action(now=LATER)


def test_what_is_decided_is_not_decided_again(world, registrar, second):
    filing = propose_renaming(organisation=world.hospital, name="Nova", basis=BASIS, by=registrar, now=LATER)
    confirm_filing(filing=filing, by=second, now=LATER)
    for seen in (filing, Filing.objects.get()):
        with pytest.raises(Conflict):
            confirm_filing(filing=seen, by=second, now=LATER)
        with pytest.raises(Conflict):
            decline_filing(filing=seen, reason="no", by=second, now=LATER)
    assert OrganisationVersion.objects.filter(organisation=world.hospital).count() == 2


def test_what_was_filed_stays_as_it_was(world, registrar):
    filing = propose_renaming(organisation=world.hospital, name="Nova", basis=BASIS, by=registrar, now=LATER)

    @action
    def change(*, now):
        Filing.objects.filter(pk=filing.pk).update(name="Other", document=b"other")

    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        change(now=LATER)


def test_a_declined_filing_changes_nothing_and_lets_another_follow(world, registrar, second):
    filing = propose_renaming(organisation=world.hospital, name="Nova", basis=BASIS, by=registrar, now=LATER)
    with pytest.raises(Conflict, match="waits"):
        propose_renaming(organisation=world.hospital, name="Nova 2", basis=BASIS, by=registrar, now=LATER)
    with pytest.raises(Refused):
        decline_filing(filing=filing, reason=" ", by=second, now=LATER)
    decline_filing(filing=filing, reason="another hospital", by=second, now=LATER)
    assert Organisation.objects.get(pk=world.hospital.pk).name == world.hospital.name
    assert renamed(world, registrar, second).organisation.name == "Nova 新名"


@pytest.mark.parametrize(
    ("basis", "field"),
    [
        (replace(BASIS, day=legal_date(LATER) + timedelta(days=1)), "day"),
        (replace(BASIS, day=TODAY), "day"),
        (replace(BASIS, evidence=Evidence("empty.pdf", b"")), "document"),
        (replace(BASIS, evidence=Evidence("large.pdf", b"x" * (10 * 1024 * 1024 + 1))), "document"),
    ],
)
def test_a_filing_needs_a_day_that_has_come_and_its_document(world, registrar, basis, field):
    with pytest.raises(Refused) as refusal:
        propose_renaming(organisation=world.hospital, name="Nova", basis=basis, by=registrar, now=LATER)
    assert refusal.value.faults[0].field == field


def test_a_name_that_is_the_same_is_refused(world, registrar):
    with pytest.raises(Refused, match="changes nothing"):
        propose_renaming(organisation=world.hospital, name=world.hospital.name, basis=BASIS, by=registrar, now=LATER)


def test_search_finds_the_former_name_and_the_new_one(world, registrar, second):
    before = world.hospital.name
    renamed(world, registrar, second)
    with as_web(world.officer):
        for text in (before, "新名"):
            assert [(hit.title, hit.kind) for hit in find(text, ["organisation"], 5)] == [("Nova 新名", "organisation")]


def test_a_contract_is_found_by_both_names_of_its_supplier(world, registrar, second):
    contract = contract_in_force(world)
    before = world.supplier.name
    filing = propose_renaming(organisation=world.supplier, name="Atlas", basis=BASIS, by=registrar, now=LATER)
    confirm_filing(filing=filing, by=second, now=LATER)
    with as_web(world.officer):
        for name in (before, "Atlas"):
            assert contract.reference in {hit.reference for hit in find(name, ["contract"], 5)}


def test_papers_print_the_name_of_their_day(world, registrar, second, client):
    contract = contract_in_force(world)
    placed = order(world, contract, 3)
    before = world.hospital.name
    renamed(world, registrar, second)
    client.force_login(world.pharmacist.person)
    paper = client.get(reverse("contracts:print-order", args=[placed.reference])).content.decode()
    assert before in paper
    assert "Nova 新名" not in paper
    contract_paper = client.get(reverse("contracts:print-contract", args=[contract.reference])).content.decode()
    assert before in contract_paper
    assert "Nova 新名" in client.get(reverse("contracts:order", args=[placed.reference])).content.decode()


# --- Pages and endpoints -----------------------------------------------------------------------------------
def test_the_second_registrar_is_asked_and_the_first_is_not(world, registrar, second):
    propose_renaming(organisation=world.hospital, name="Nova", basis=BASIS, by=registrar, now=LATER)
    assert [len(todos(seat, LATER)) for seat in (registrar, second, world.officer)] == [0, 1, 0]


def test_a_name_is_filed_and_confirmed_on_pages(world, registrar, second, client):
    client.force_login(registrar.person)
    page = reverse("accounts:propose-renaming", args=[world.hospital.credit_code])
    paper = SimpleUploadedFile("notice.pdf", PAPER.content)
    day = TODAY + timedelta(days=1)
    sent = client.post(page, {"name": "Nova 新名", "licence": "L-2", "day": day.isoformat(), "document": paper})
    assert sent.status_code == 302, sent.content.decode()
    filing = Filing.objects.get()
    assert (filing.document_name, bytes(filing.document)) == ("notice.pdf", PAPER.content)
    own = client.get(filing.get_absolute_url()).content.decode()
    assert reverse("confirm-filing", args=[filing.reference]) not in own
    client.force_login(second.person)
    assert reverse("confirm-filing", args=[filing.reference]) in client.get(filing.get_absolute_url()).content.decode()
    got = client.get(reverse("accounts:filing-document", args=[filing.reference]))
    assert (got.content, got.headers["Content-Disposition"]) == (PAPER.content, 'attachment; filename="notice.pdf"')
    asked = client.get(reverse("confirm-filing", args=[filing.reference])).content.decode()
    assert "Nova 新名" in asked
    assert client.post(reverse("confirm-filing", args=[filing.reference])).status_code == 302
    shown = client.get(world.hospital.get_absolute_url()).content.decode()
    assert "Nova 新名" in shown
    assert world.hospital.name in shown


def test_everybody_reads_the_page_of_an_organisation_and_only_registrars_and_auditors_its_filings(
    world, registrar, second, client
):
    filing = renamed(world, registrar, second)
    for seat, status in ((world.pharmacist, 403), (world.auditor, 200), (world.officer, 403)):
        client.force_login(seat.person)
        assert client.get(world.hospital.get_absolute_url()).status_code == 200
        assert client.get(filing.get_absolute_url()).status_code == status
        assert client.get(reverse("accounts:filings")).status_code == status


def test_programs_file_confirm_and_decline(world, registrar, second):
    first, other = program_of(registrar), program_of(second)
    day = (TODAY + timedelta(days=1)).isoformat()
    body = {"organisation": world.hospital.credit_code, "name": "Nova", "day": day}
    missing = first.post("/api/v1/filings/renamings/", body, format="multipart")
    assert missing.status_code == 400
    sent = {**body, "document": SimpleUploadedFile("n.pdf", b"%PDF")}
    made = first.post("/api/v1/filings/renamings/", sent, format="multipart")
    assert made.status_code == 201, made.json()
    reference = made.json()["reference"]
    assert first.post(f"/api/v1/filings/{reference}/confirm/", {}, format="json").status_code == 422
    assert other.post(f"/api/v1/filings/{reference}/confirm/", {}, format="json").json()["status"] == "confirmed"
    assert other.post(f"/api/v1/filings/{reference}/confirm/", {}, format="json").status_code == 409
    assert other.post(f"/api/v1/filings/{reference}/decline/", {"reason": "x"}, format="json").status_code == 409
    assert [one["reference"] for one in other.get("/api/v1/filings/").json()["results"]] == [reference]
    read = other.get(f"/api/v1/organisations/{world.hospital.credit_code}/").json()
    assert [version["name"] for version in read["versions"]] == [world.hospital.name, "Nova"]
    assert other.get(f"/api/v1/filings/{reference}/").json()["organisation"] == world.hospital.credit_code
