"""For whom the session of the database acts, also where it is another session than the one that was told."""

import pytest
from django.db import connection

from core.acting import Acting, Reads, acting_for


def acts_for() -> list[str]:
    settings = ("organisation", "seat", "reads")
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"current_setting('procurement.{name}', true)" for name in settings))
        return [said or "" for said in cursor.fetchone()]


@pytest.mark.django_db(transaction=True)
def test_a_session_that_takes_the_place_of_a_broken_one_acts_for_the_same_seat_and_then_for_nobody(world):
    seat = world.bid_manager
    with acting_for(seat.acting):
        connection.close()
        assert acts_for() == [str(seat.organisation_id), str(seat.pk), ""]
    connection.close()
    assert acts_for() == ["", "", ""]


@pytest.mark.django_db
def test_nothing_of_who_acted_before_is_left_for_who_acts_next(world):
    with acting_for(world.auditor.acting):
        assert acts_for()[2] == Reads.ALL
        with acting_for(Acting(world.supplier.pk)):
            assert acts_for() == [str(world.supplier.pk), "", ""]
    assert acts_for() == ["", "", ""]


@pytest.mark.django_db
def test_each_seat_reads_what_its_permissions_say(world):
    reads = {seat: seat.acting.reads for seat in (world.officer, world.auditor, world.bid_manager, world.pharmacist)}
    assert list(reads.values()) == [Reads.AGENCY, Reads.ALL, Reads.PUBLIC, Reads.PUBLIC]
