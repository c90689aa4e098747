"""A status moves along its table, once."""

import pytest

from core.errors import Conflict, Refused
from core.moves import move
from tests.core.things import Thing, make_table
from tests.world import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def thing(db):
    make_table()
    return Thing.objects.create()


def test_a_move_writes_status_and_facts_and_shows_them(thing):
    move(thing, "open", moved_at=NOW, moved_by=7)
    assert (thing.status, thing.moved_at, thing.moved_by) == ("open", NOW, 7)
    stored = Thing.objects.get()
    assert (stored.status, stored.moved_at, stored.moved_by) == ("open", NOW, 7)


@pytest.mark.parametrize("to", ["shut", "draft", "gone"])
def test_a_move_that_the_table_does_not_hold_is_refused_with_the_status(thing, to):
    with pytest.raises(Refused, match="draft") as refusal:
        move(thing, to)
    assert refusal.value.code == "not_now"
    assert not isinstance(refusal.value, Conflict)
    assert Thing.objects.get().status == "draft"


def test_nothing_follows_an_end(thing):
    move(thing, "open")
    move(thing, "shut")
    with pytest.raises(Refused, match="shut"):
        move(thing, "open")


def test_a_stale_object_meets_a_conflict_and_stays_as_it_was_read(thing):
    stale = Thing.objects.get()
    move(thing, "open", moved_at=NOW, moved_by=7)
    with pytest.raises(Conflict, match="Someone else"):
        move(stale, "open", moved_at=NOW, moved_by=8)
    assert (stale.status, stale.moved_by) == ("draft", None)
    assert Thing.objects.get().moved_by == 7


def test_a_row_that_is_gone_is_a_conflict(thing):
    Thing.objects.all().delete()
    with pytest.raises(Conflict):
        move(thing, "open")


def test_a_move_is_one_statement(thing, django_assert_num_queries):
    with django_assert_num_queries(1):
        move(thing, "open", moved_at=NOW, moved_by=7)
