"""Organisations are registered under real codes, and seats hold roles that go together."""

import pytest

from accounts.actions import end_seat, give_seat, register_organisation
from accounts.models import Organisation, Seat
from accounts.rules import clean_uscc, demo_uscc, is_demo_uscc
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from tests.world import NOW


def test_a_published_code_is_valid_and_one_changed_sign_is_not():
    assert clean_uscc(" 91110000600037341l ".upper()) == "91110000600037341L"
    with pytest.raises(ValueError, match="unified social credit code"):
        clean_uscc("911100006000373417")


def test_demo_codes_have_real_check_digits_and_are_marked():
    for number in (1, 42, 99999):
        assert clean_uscc(demo_uscc(number)) == demo_uscc(number)
        assert is_demo_uscc(demo_uscc(number))
    assert not is_demo_uscc("91110000600037341L")


def test_a_wrong_check_digit_is_refused_at_its_field(world):
    wrong = demo_uscc(1)[:-1] + ("0" if demo_uscc(1)[-1] != "0" else "1")
    with pytest.raises(Refused) as refusal:
        register_organisation(kind="hospital", name="X", credit_code=wrong, region=world.region, by=None, now=NOW)
    assert refusal.value.faults[0].field == "credit_code"
    assert not Organisation.objects.exists()


def test_a_code_is_registered_once(world):
    code = world.hospital.credit_code
    with pytest.raises(Conflict):
        register_organisation(kind="hospital", name="X", credit_code=code, region=world.region, by=None, now=NOW)


def test_registration_writes_its_event(world):
    event = Event.objects.get(subject=world.agency.credit_code)
    assert event.verb == "organisation.registered"
    assert event.data == {"name": world.agency.name}


def test_only_a_registrar_registers(world):
    with pytest.raises(Denied):
        register_organisation(
            kind="hospital", name="X", credit_code=demo_uscc(77), region=world.region, by=world.officer, now=NOW
        )


@pytest.mark.parametrize("roles", [["bid_manager"], ["pharmacist", "order_approver"], [], ["no_such_role"]])
def test_roles_of_another_kind_or_that_exclude_each_other_are_refused(world, roles):
    person = world.officer.person
    with pytest.raises(Refused):
        give_seat(person=person, organisation=world.hospital, roles=roles, starts_on=legal_date(NOW), by=None, now=NOW)


def test_a_leaver_has_no_seat_to_sit_in(world):
    seat = world.pharmacist
    administrator = world.seat(world.hospital, "administrator")
    end_seat(seat=seat, reason="left", by=administrator, now=NOW)
    assert seat not in Seat.objects.current(legal_date(NOW))
    with pytest.raises(Conflict):
        end_seat(seat=seat, reason="again", by=administrator, now=NOW)


def test_nobody_ends_a_seat_of_another_organisation(world):
    stranger = world.seat(world.supplier, "administrator")
    with pytest.raises(Denied):
        end_seat(seat=world.pharmacist, reason="no", by=stranger, now=NOW)
