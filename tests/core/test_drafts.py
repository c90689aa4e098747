"""What somebody types is kept for its own seat, within limits, and is gone when it was sent."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from core import drafts
from core.errors import Refused
from core.models import Draft, Event
from tests.roles import as_web
from tests.world import NOW

pytestmark = pytest.mark.django_db
FORM = "demand/D-2026-0001"
CELLS = {"rows-0-quantity": "12", "rows-1-quantity": ""}


def keep(seat, cells=CELLS, form=FORM, now=NOW):
    drafts.keep(seat_number=seat.pk, form=form, cells=cells, now=now)


def test_a_draft_is_replaced_by_the_next_and_dropped_when_it_was_sent(world):
    seat = world.pharmacist
    with as_web(seat):
        assert drafts.kept(seat_number=seat.pk, form=FORM) is None
        keep(seat)
        keep(seat, {"rows-0-quantity": "13"}, now=NOW + timedelta(minutes=1))
        draft = drafts.kept(seat_number=seat.pk, form=FORM)
        assert (draft.cells, draft.saved_at) == ({"rows-0-quantity": "13"}, NOW + timedelta(minutes=1))
        drafts.drop(seat_number=seat.pk, form=FORM)
        assert not Draft.objects.exists()


def test_another_seat_neither_reads_nor_writes_nor_drops_it_whatever_it_asks(world):
    """A colleague in the same hospital, the agency, the auditors and nobody in particular."""
    keep(world.pharmacist)
    for stranger in (world.receiver, world.officer, world.auditor, world.bid_manager, None):
        with as_web(stranger):
            assert not Draft.objects.exists()
            assert Draft.objects.update(cells={}) == 0
            assert Draft.objects.all().delete()[0] == 0
            for cells in ({}, CELLS):
                with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                    keep(world.pharmacist, cells)
                with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                    keep(world.pharmacist, cells, form="another")
    assert Draft.objects.get().cells == CELLS


@pytest.mark.parametrize(
    "cells",
    [
        None, [], "text", 7, {"a": 1}, {"a": None}, {"a": {"b": "c"}}, {"a": "x\0y"}, {"x\0": "y"},
        {"a": "x" * 4001}, {"a" * 101: "x"}, {str(n): "" for n in range(10_001)},
        {str(n): "x" * 4000 for n in range(51)},
    ],
)  # fmt: skip
def test_what_is_no_draft_or_too_large_is_refused(world, cells):
    with pytest.raises(Refused, match="too large"):
        keep(world.pharmacist, cells)
    with pytest.raises(Refused):
        keep(world.pharmacist, {}, form="x" * 121)


def test_the_database_has_a_limit_of_its_own(world):
    with pytest.raises(DatabaseError, match="draft_has_a_limit"), transaction.atomic():
        Draft.objects.create(seat_number=1, form=FORM, cells={"a": "x" * 800_001}, saved_at=NOW)


def test_a_seat_keeps_its_latest_forty_drafts_and_takes_none_of_another(world):
    keep(world.receiver)
    with as_web(world.pharmacist):
        for number in range(42):
            keep(world.pharmacist, form=f"form/{number}", now=NOW + timedelta(minutes=number))
    mine = Draft.objects.filter(seat_number=world.pharmacist.pk)
    assert set(mine.values_list("form", flat=True)) == {f"form/{number}" for number in range(2, 42)}
    assert Draft.objects.filter(seat_number=world.receiver.pk).count() == 1


class TestPage:
    def address(self, form=FORM):
        return reverse("accounts:draft", args=[form])

    def test_it_is_put_read_and_dropped_by_its_seat(self, client, world):
        client.force_login(world.pharmacist.person)
        put = client.put(self.address(), json.dumps(CELLS), content_type="application/json")
        assert put.status_code == 204
        assert client.get(self.address()).json()["cells"] == CELLS
        assert client.delete(self.address()).status_code == 204
        assert client.get(self.address()).json() == {"cells": {}, "saved_at": None}
        assert not Event.objects.filter(verb="act.refused").exists()

    def test_a_strangers_is_as_if_it_were_not_there(self, client, world):
        keep(world.pharmacist)
        client.force_login(world.receiver.person)
        assert client.get(self.address()).content == client.get(self.address("demand/none")).content
        client.delete(self.address())
        assert Draft.objects.count() == 1

    def test_what_is_no_draft_is_refused(self, client, world):
        client.force_login(world.pharmacist.person)
        for body in ("", "{", "[]", '{"a": 1}', '"\\ud800"'):
            answer = client.put(self.address(), body, content_type="application/json")
            assert answer.status_code == 422, body
        assert not Draft.objects.exists()
        assert client.post(self.address()).status_code == 405

    def test_nobody_keeps_any_without_signing_in(self, client):
        assert client.put(self.address(), "{}", content_type="application/json").status_code == 302
        assert not Draft.objects.exists()


def test_no_draft_leaves_a_trace_in_the_trail(world):
    keep(world.pharmacist)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_rowrecord WHERE \"table\" = 'core_draft'")
        assert cursor.fetchone() == (0,)
