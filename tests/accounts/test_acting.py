"""For whom the session of the database acts, also where it is another session than the one that was told."""

import pytest
from django.db import connection

from accounts.acting import acting_for


def acts_for() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('procurement.organisation', true)")
        return cursor.fetchone()[0] or ""


@pytest.mark.django_db(transaction=True)
def test_a_session_that_takes_the_place_of_a_broken_one_acts_for_the_same_organisation_and_then_for_nobody(world):
    with acting_for(world.supplier.pk):
        connection.close()
        assert acts_for() == str(world.supplier.pk)
    connection.close()
    assert acts_for() == ""
