"""Officers list, read and decide applications by program, held by the same two people as on the pages."""

from base64 import b64decode
from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse

from accounts.actions import object_to_admission
from accounts.models import Application, Organisation
from accounts.shell import todos
from tests.accounts.test_applications import PDF, admitted, applied, registrar, second  # noqa: F401  # its people
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.world import NOW

pytestmark = pytest.mark.django_db


def post(program, address, said=None):
    return program.post(address, said or {}, format="json")


def test_one_looks_first_and_another_admits(world, registrar, second, travel):  # noqa: F811
    travel(NOW)
    one, two = program_of(registrar), program_of(second)
    application = applied(world)
    address = f"/api/v1/applications/{application.reference}/"
    listed = one.get("/api/v1/applications/?status=submitted").json()["results"]
    assert [found["reference"] for found in listed] == [application.reference]
    read = one.get(address).json()
    assert [licence["number"] for licence in read["licences"]] == ["91-1", "YD-7"]
    file = one.get(f"{address}licences/{PDF.sha256}/").json()
    assert b64decode(file["content"]) == PDF.content
    assert post(one, f"{address}review/", {"advice": "refuse"}).json()["faults"][0]["code"] == "required"
    reviewed = post(one, f"{address}review/", {"advice": "admit"}).json()
    assert (reviewed["status"], reviewed["advice"]) == ("reviewed", "admit")
    assert post(one, f"{address}admit/").json()["code"] == "second_person"
    done = post(two, f"{address}admit/").json()
    assert done["status"] == "admitted"
    assert Organisation.objects.filter(credit_code=done["organisation"]).exists()


def test_it_is_asked_back_and_refused_with_a_reason(world, registrar, second):  # noqa: F811
    one, two = program_of(registrar), program_of(second)
    address = f"/api/v1/applications/{applied(world).reference}/"
    asked = post(one, f"{address}return/", {"question": "Which licence?"}).json()
    assert (asked["status"], asked["question"]) == ("returned", "Which licence?")
    post(one, f"{address}review/", {"advice": "refuse", "note": "no answer"})
    assert post(two, f"{address}refuse/", {"reason": "no answer"}).json()["status"] == "refused"
    assert Application.objects.get().reason == "no answer"


def test_who_keeps_no_register_neither_reads_nor_decides(world, registrar):  # noqa: F811
    address = f"/api/v1/applications/{applied(world).reference}/"
    for seat, status in ((world.cataloguer, 403), (world.seat(world.supplier, "administrator"), 404)):
        assert program_of(seat).get(address).status_code == status
    assert post(program_of(world.cataloguer), f"{address}review/", {"advice": "admit"}).status_code == 403


def test_everybody_reads_who_was_admitted_and_objects(world, registrar, second):  # noqa: F811
    application = admitted(world, registrar, second)
    hospital = program_of(world.pharmacist)
    (listed,) = hospital.get("/api/v1/admissions/").json()["results"]
    assert (listed["reference"], listed["name"]) == (application.reference, "Nova 制药")
    third = world.seat(world.agency, "registrar")
    over = post(hospital, f"/api/v1/admissions/{application.reference}/object/", {"reason": "forged"})
    assert over.json()["code"] == "objections_over"  # it was admitted long ago
    objection = object_to_admission(application=application, reason="forged", by=world.pharmacist, now=NOW)
    address = f"/api/v1/admissions/objections/{objection.reference}/"
    assert hospital.get(address).json()["status"] == "raised"
    assert program_of(world.bid_manager).get(address).status_code == 404
    said = {"upheld": True, "answer": "it is"}
    assert post(program_of(second), f"{address}answer/", said).json()["code"] == "second_person"
    assert post(program_of(third), f"{address}answer/", said).json()["status"] == "upheld"
    assert hospital.get("/api/v1/admissions/objections/?status=upheld").json()["results"][0]["answer"] == "it is"
    assert Organisation.objects.get(pk=application.organisation_id).restriction == "suspended"


def test_whose_admission_ends_finds_the_way_to_ask_anew(world, registrar, second):  # noqa: F811
    application = admitted(world, registrar, second)
    keeper = world.seat(application.organisation, "administrator")
    soon, long_before = (
        application.admitted_until - timedelta(days=20),
        application.admitted_until - timedelta(days=200),
    )
    said = [str(todo.what) for todo in todos(keeper, datetime.combine(soon, time(1), UTC))]
    assert "Ask to be admitted anew: a licence ends" in said
    assert todos(keeper, datetime.combine(long_before, time(1), UTC)) == []
    page = sitting(keeper).get(reverse("accounts:applications")).content.decode()
    assert reverse("accounts:renew-admission") in page
