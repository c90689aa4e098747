"""Columns keep what they are given, or refuse it; constraints say what is wrong in words."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.migrations.state import ModelState, StateApps
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.fields import ChoiceField
from core.models import Event
from tests.core.things import Thing, make_table
from tests.world import NOW

EXACT = {"price": 6, "amount": 2, "ratio": 9, "points": 2}


@pytest.fixture
def things(db):
    make_table()


# --- Numbers ----------------------------------------------------------------------------------------------
class AnExactColumn(TestCase):
    """Gives back what was put in, digit for digit."""

    def setUp(self):
        make_table()

    @given(
        price=st.decimals(min_value=-(10**12) + 1, max_value=10**12 - 1, places=6),
        amount=st.decimals(min_value=0, max_value=10**16 - 1, places=2),
    )
    def test_round_trip(self, price, amount):
        thing = Thing.objects.create(price=price, amount=amount)
        thing.refresh_from_db()
        assert (thing.price, thing.amount) == (price, amount)


def save(field, value):
    Thing.objects.create(**{field: value})


def save_many(field, value):
    Thing.objects.bulk_create([Thing(**{field: value})])


def update(field, value):
    Thing.objects.create()
    Thing.objects.update(**{field: value})


def update_many(field, value):
    thing = Thing.objects.create()
    setattr(thing, field, value)
    Thing.objects.bulk_update([thing], [field])


WAYS = pytest.mark.parametrize("write", [save, save_many, update, update_many], ids=lambda way: way.__name__)


@pytest.mark.usefixtures("things")
@WAYS
@pytest.mark.parametrize("field", EXACT)
def test_a_decimal_too_many_is_refused_and_not_rounded_away(write, field):
    """PostgreSQL alone would store 0.1234567 as 0.123457."""
    with pytest.raises(ValueError, match=f"at most .* {EXACT[field]} decimals"), transaction.atomic():
        write(field, Decimal(1).scaleb(-EXACT[field] - 1))
    assert not Thing.objects.filter(**{f"{field}__isnull": False}).exists()


@pytest.mark.usefixtures("things")
@pytest.mark.parametrize("field", EXACT)
def test_idle_zeros_are_no_decimals(field):
    save(field, Decimal("1.50000000000"))
    assert str(getattr(Thing.objects.get(), field)) == "1.50".ljust(EXACT[field] + 2, "0")


@pytest.mark.usefixtures("things")
@WAYS
@pytest.mark.parametrize("unreal", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_not_finite_is_refused(write, unreal):
    """PostgreSQL alone would take NaN, and find it above zero."""
    with pytest.raises(ValueError, match="holds numbers"), transaction.atomic():
        write("price", Decimal(unreal))


@pytest.mark.usefixtures("things")
@WAYS
def test_a_digit_too_many_before_the_point_is_refused(write):
    write("price", Decimal("999999999999.999999"))
    with pytest.raises(ValueError, match="at most 12 digits"), transaction.atomic():
        write("price", Decimal("1000000000000"))


@pytest.mark.usefixtures("things")
@WAYS
def test_a_float_is_refused(write):
    with pytest.raises(TypeError, match="never a float"), transaction.atomic():
        write("amount", 1 / 2)


@pytest.mark.usefixtures("things")
def test_the_database_refuses_digits_too_many_by_itself():
    with pytest.raises(DatabaseError, match="overflow"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO core_thing (status, price) VALUES ('draft', 1000000000000)")


# --- Choices ----------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("things")
@pytest.mark.parametrize(("column", "check"), [("status", "thing_status_is_a_choice"), ("colour", "thing_colour_is")])
def test_the_database_refuses_a_value_that_is_no_choice(column, check):
    Thing.objects.create()
    with pytest.raises(IntegrityError, match=check), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE core_thing SET {column} = 'gone'")


@pytest.mark.usefixtures("things")
def test_a_choice_may_be_absent_only_where_the_column_may():
    Thing.objects.create(colour=None)
    with pytest.raises(IntegrityError, match="null value"), transaction.atomic():
        Thing.objects.create(status=None)


def test_a_choice_field_fits_its_values():
    field = Thing._meta.get_field("status")
    assert (field.max_length, field.blank) == (5, False)
    assert ChoiceField([("", "none"), ("late", "late")]).blank


def test_a_clone_is_the_same_field_and_migrations_see_a_plain_column():
    field = Event._meta.get_field("audience")
    name, path, args, kwargs = field.deconstruct()
    assert (name, path, args) == ("audience", "django.db.models.CharField", [])
    assert field.clone().deconstruct()[1:] == (path, args, kwargs)
    assert models.CharField(**kwargs).deconstruct()[1:] == (path, args, kwargs)


def test_a_model_made_from_the_state_of_migrations_has_the_check_once():
    checks = ["event_audience_is_a_choice", "event_origin_is_a_choice"]
    state = ModelState.from_model(Event)
    assert sorted(constraint.name for constraint in state.options["constraints"]) == checks
    made = StateApps([], {("core", "event"): state}).get_model("core", "Event")
    assert sorted(constraint.name for constraint in made._meta.constraints) == checks


# --- Shared constraints -----------------------------------------------------------------------------------
@pytest.mark.usefixtures("things")
@pytest.mark.parametrize(
    ("facts", "constraint", "words"),
    [
        ({"moved_at": NOW}, "thing_moved_at_and_by", "both its time and its person"),
        ({"moved_by": 1}, "thing_moved_at_and_by", "both its time and its person"),
        ({"packs": 0}, "thing_packs_above_zero", "above zero"),
        ({"packs": -1}, "thing_packs_above_zero", "above zero"),
        ({"amount": Decimal("-0.01")}, "thing_amount_not_negative", "below zero"),
        ({"points": Decimal("-0.01")}, "thing_amount_not_negative", "below zero"),
        (
            {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 1)},
            "thing_starts_on_not_after_ends_on",
            "before the start",
        ),
        ({"status": "gone"}, "thing_status_is_a_choice", "one of the values offered"),
    ],
)
def test_a_constraint_holds_and_says_why(facts, constraint, words):
    with pytest.raises(ValidationError, match=words):
        Thing(**facts).validate_constraints()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Thing.objects.create(**facts)


@pytest.mark.usefixtures("things")
@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"moved_at": NOW, "moved_by": 1},
        {"packs": 1},
        {"amount": Decimal(0), "points": Decimal(0)},
        {"starts_on": date(2026, 3, 2)},
        {"ends_on": date(2026, 3, 2)},
        {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 2)},
        {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 2) + timedelta(days=1)},
    ],
)
def test_what_a_constraint_allows_is_stored(facts):
    Thing(**facts).validate_constraints()
    assert Thing.objects.create(**facts).pk
