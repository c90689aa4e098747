"""Two people of one organisation at its bank account in the same moment."""

from contextlib import contextmanager
from functools import partial
from threading import Barrier

import pytest
from django.db import DatabaseError, connection

from accounts import actions
from accounts.actions import BankDetails, confirm_bank_account, propose_bank_account, withdraw_bank_account
from accounts.models import BankAccount
from core.errors import Conflict
from core.models import Event
from tests.concurrency.test_orders import at_once, wins
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(world):
    return [world.seat(world.supplier, "accountant") for _person in range(3)]


def propose(by, number="6222021234567890"):
    return propose_bank_account(details=BankDetails("Demo bank", "Demo Pharma", number), by=by, now=NOW)


def copies(account, times):
    rows = BankAccount.objects.select_related("proposed_by")
    return [rows.get(pk=account.pk) for _copy in range(times)]


def lost(outcomes):
    return [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]


def confirm_twice(people):
    first, second, third = people
    one, other = copies(propose(first), 2)
    return at_once(
        partial(confirm_bank_account, account=one, by=second, now=NOW),
        partial(confirm_bank_account, account=other, by=third, now=NOW),
    )


def test_of_two_who_confirm_at_once_one_does_and_the_other_is_told(people):
    outcomes = confirm_twice(people)
    (confirmed,) = wins(outcomes)
    assert lost(outcomes) == [Conflict]
    assert BankAccount.objects.get().confirmed_by == confirmed.confirmed_by
    assert Event.objects.filter(verb="bank_account.confirmed").count() == 1


def test_without_the_guarded_move_the_database_lets_one_through_with_no_word_to_the_other(people, monkeypatch):
    met = Barrier(2)

    def unguarded(thing, to, **facts):
        met.wait(20)
        BankAccount.objects.filter(pk=thing.pk).update(status=to, **facts)

    monkeypatch.setattr(actions.bank, "move", unguarded)
    outcomes = confirm_twice(people)
    (error,) = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(wins(outcomes)) == 1
    assert isinstance(error, DatabaseError)


def test_confirmed_and_withdrawn_at_once_one_of_them_counts(people):
    first, second, third = people
    one, other = copies(propose(first), 2)
    outcomes = at_once(
        partial(confirm_bank_account, account=one, by=second, now=NOW),
        partial(withdraw_bank_account, account=other, reason="wrong", by=third, now=NOW),
    )
    (winner,) = wins(outcomes)
    assert lost(outcomes) == [Conflict]
    assert BankAccount.objects.get().status == winner.status


def test_of_two_who_propose_at_once_one_does_and_the_other_is_told(people):
    numbers = ("6222021234567890", "6222999900001111")
    outcomes = at_once(*[partial(propose, by, number) for by, number in zip(people, numbers, strict=False)])
    assert (len(wins(outcomes)), lost(outcomes)) == (1, [Conflict])
    assert BankAccount.objects.count() == 1


def test_without_the_constraint_two_proposals_would_wait(people):
    numbers = ("6222021234567890", "6222999900001111")
    with without_the_constraint():
        outcomes = at_once(*[partial(propose, by, number) for by, number in zip(people, numbers, strict=False)])
        assert len(wins(outcomes)) == 2


@contextmanager
def without_the_constraint():
    """Two proposals may wait; then the rows go and it comes back."""
    (once,) = [held for held in BankAccount._meta.constraints if held.name == "bank_account_one_open_proposal"]
    with connection.schema_editor() as editor:
        editor.remove_constraint(BankAccount, once)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")  # no trigger fires: the rows may go
            cursor.execute("TRUNCATE accounts_bankaccount CASCADE")
            cursor.execute("SET session_replication_role = origin")
        with connection.schema_editor() as editor:
            editor.add_constraint(BankAccount, once)
