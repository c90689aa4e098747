"""An action is one transaction, and only within it may domain rows change."""

import pytest
from django.db import DataError, OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled

from core.actions import action, busy_is_conflict, inside_action
from core.errors import Conflict, Denied, Fault, Refused
from core.models import OutboxMessage
from tests.world import NOW


@action
def note(*, task, then=lambda: None, now=NOW):
    """Write one row, and go on."""
    OutboxMessage.objects.create(task=task, due_at=now)
    return then()


def tasks():
    return set(OutboxMessage.objects.values_list("task", flat=True))


def fail():
    raise Refused("no")


@pytest.mark.django_db(transaction=True)
def test_an_action_commits_its_work_and_returns_its_thing():
    assert note(task="a", then=lambda: "thing") == "thing"
    connection.close()
    assert tasks() == {"a"}


@pytest.mark.django_db(transaction=True)
def test_a_refusal_undoes_everything_that_inner_actions_wrote():
    with pytest.raises(Refused):
        note(task="outer", then=lambda: note(task="inner", then=fail))
    assert tasks() == set()


@pytest.mark.django_db(transaction=True)
def test_an_inner_refusal_may_be_survived():
    def try_inner():
        with pytest.raises(Refused):
            note(task="inner", then=fail)

    note(task="outer", then=try_inner)
    assert tasks() == {"outer"}


def test_only_inside_an_action_is_inside(db):
    assert not inside_action()
    assert note(task="a", then=inside_action)
    assert note(task="b", then=lambda: note(task="c", then=lambda: None) or inside_action())
    with pytest.raises(Refused):
        note(task="d", then=fail)
    assert not inside_action()


@pytest.mark.parametrize("busy", [LockNotAvailable, DeadlockDetected])
def test_waiting_in_vain_is_a_conflict(busy):
    with pytest.raises(Conflict, match="try again") as conflict, busy_is_conflict():
        raise OperationalError from busy()
    assert conflict.value.code == "busy"


@pytest.mark.parametrize("error", [OperationalError(), DataError()])
def test_other_troubles_of_the_database_stay_what_they_are(error):
    with pytest.raises(type(error)), busy_is_conflict():
        raise error from QueryCanceled()


def test_a_statement_that_fails_leaves_the_outer_transaction_usable(db):
    with pytest.raises(DataError), transaction.atomic():
        note(task="x" * 101)
    assert note(task="a", then=tasks) == {"a"}


# --- Refusals ---------------------------------------------------------------------------------------------
def test_a_refusal_without_faults_is_one_fault_of_its_field():
    refusal = Refused("Too late.", field="deadline")
    assert refusal.faults == (Fault("Too late.", "deadline", None, code="refused"),)
    assert str(refusal) == "Too late."


def test_a_refusal_keeps_its_faults_in_order():
    faults = [Fault("b", "price", 2), Fault("a", "packs", 1)]
    assert Refused("No.", faults=faults).faults == tuple(faults)


def test_a_conflict_is_a_refusal_and_a_denial_is_not():
    assert isinstance(Conflict("late"), Refused)
    assert not isinstance(Denied("pay"), Refused)
    assert Denied("pay").permission == "pay"
