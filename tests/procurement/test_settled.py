"""What is settled stays: whoever asks, by whatever statement, the database lets rows change as their table says."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from accounts.models import BankAccount, CodeApp, Passkey
from contracts.models import ContractLine, Order, Payable
from core.acting import Acting, acting_for
from core.actions import action
from core.triggers import FactsStay, is_append_only
from tenders.models import FormalReview, Lot, Opener, Score, Tender
from tests.contracts.builders import trade
from tests.tenders.judging import proposed_lot
from tests.world import NOW

# Another value of a column, whatever stands there.
OTHER = {
    "boolean": "NOT {0}",
    "date": "coalesce({0}, current_date) + 1",
    "timestamp with time zone": "coalesce({0}, now()) + interval '1 day'",
    "jsonb": "jsonb_build_array({0})",
    "bytea": "coalesce({0}, '') || '\\x00'::bytea",
    "text": "'~' || substr(coalesce({0}, ''), 2)",
    "number": "coalesce({0}, 0) + 1",
    "array": "array_append({0}, NULL)",
}


def guarded() -> dict[type[models.Model], FactsStay]:
    """Each model whose rows may change, with the guard that says how."""
    found = {}
    for model in apps.get_models():
        guards = [one for one in getattr(model._meta, "triggers", ()) if isinstance(one, FactsStay)]
        if guards:
            (found[model],) = guards
    return found


def test_every_table_that_is_not_written_once_says_what_may_change():
    rooms = {"accounts", "catalogue", "demand", "tenders", "awards", "contracts", "payments"}
    loose = {
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in rooms and not is_append_only(model) and model not in guarded()
    }
    assert loose == {
        # Of no consequence: who signed in with what, what was read, and rows of a file that wait to be merged.
        "accounts_inboxmessage",
        "accounts_guessedcodes",
        "accounts_guessedpasswords",
        "accounts_device",
        "accounts_tokenuse",
        "browser_session",
        "catalogue_stagedrow",
    }


@action
def execute(statement, values=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def other_value(column: str, kind: str) -> str:
    known = "array" if kind.endswith("[]") else kind
    if known.startswith("character"):
        known = "text"
    return OTHER.get(known, OTHER["number"]).format(f'"{column}"')


def refused(model, key, field, kinds) -> bool:
    """Whether the guard refuses another value; that a constraint would too is another matter."""
    statement = f'UPDATE {model._meta.db_table} SET "{field.column}" = {other_value(field.column, kinds[field.column])}'
    try:
        with transaction.atomic():
            execute(f"{statement} WHERE {model._meta.pk.column} = %s", [key])
            transaction.set_rollback(True)
    except DatabaseError as error:
        return "says stays" in str(error)
    return False


def kinds_of(model) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0",
            [model._meta.db_table],
        )
        return dict(cursor.fetchall())


def a_lot_is_awarded(world):
    proposed_lot(world, "13.50", "12.00", "14.00")
    return {Tender, Lot, Opener, Score, FormalReview}


def goods_are_ordered_delivered_and_owed(world):
    trade(world)
    return {ContractLine, Order, Payable, BankAccount}


@pytest.mark.parametrize("story", [a_lot_is_awarded, goods_are_ordered_delivered_and_owed])
def test_another_value_is_refused_in_every_column_that_does_not_change(world, story):
    expected = story(world)
    looked_at, wrong = set(), []
    for model, guard in guarded().items():
        row = model._base_manager.order_by("pk").last()
        if row is None:
            continue
        looked_at.add(model)
        kinds = kinds_of(model)
        for field in model._meta.concrete_fields:
            if field.generated or field.primary_key:
                continue
            filled = field.name in guard.fills and getattr(row, field.attname) not in (None, "")
            moves = field.name == "status" and hasattr(model, "MOVES")
            stays = filled or moves or field.name not in (*guard.fills, *guard.changes)
            if refused(model, row.pk, field, kinds) != stays:
                wrong.append(f"{model._meta.db_table}.{field.column}")
    assert wrong == []
    assert expected <= looked_at


def test_what_evaluators_signed_and_the_days_of_a_debt_stay_whatever_their_columns_allow(world):
    proposed_lot(world, "13.50", "12.00", "14.00")
    trade(world)
    statements = (
        "UPDATE tenders_score SET points = points + 1",
        "DELETE FROM tenders_score",
        "UPDATE tenders_formalreview SET reason = 'x'",
        "UPDATE tenders_opener SET public_key = 'x'",
        "UPDATE tenders_tender SET title = 'x' WHERE published_at IS NOT NULL",
        "DELETE FROM tenders_criterion",
        "DELETE FROM tenders_lot",
        "UPDATE contracts_payable SET due_on = due_on + 1",
        "UPDATE contracts_payable SET owed_from = owed_from + 1, due_on = due_on + 1",
        "UPDATE contracts_contractline SET price = price * 2",
        "DELETE FROM contracts_orderline",
    )
    for statement in statements:
        with pytest.raises(DatabaseError, match=r"stay|remain|move as"), transaction.atomic():
            execute(statement)


@pytest.mark.parametrize("kind", [Passkey, CodeApp])
def test_nobody_adds_what_signs_in_somebody_else(world, kind):
    mine, other = world.officer, world.pharmacist
    facts = {
        "added_at": NOW,
        **({"credential_id": b"1", "public_key": b"2"} if kind is Passkey else {"sealed_secret": b"3"}),
    }
    add = action(lambda person: kind.objects.create(person=person, **facts))
    with acting_for(Acting(mine.organisation_id, seat=mine.pk)):
        with pytest.raises(DatabaseError, match="signs in somebody else"), transaction.atomic():
            add(other.person)
        assert add(mine.person).person == mine.person
