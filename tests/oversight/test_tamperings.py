"""Whoever has the database can change anything in it; what they change is found, whatever hides it.

Tamperings are drawn from families by seed (``tests/oversight/tampering``) in a province in which acts have really been
committed, one after the other, and undone after each check.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction
from django.test import override_settings

from contracts.models import Contract
from core.migrating import rebaseline
from core.models import CalendarDay
from core.trail import link_waiting
from core.workdays import set_days
from oversight.actions import sign_head
from oversight.models import TrailHead
from oversight.verification import Fault, Report, verify
from oversight.verification.guards import MANIFEST
from oversight.verification.guards import manifest as guards_now
from oversight.verification.reading import reading
from tests.oversight.province import busy_province, buy
from tests.oversight.tampering import guards, rows
from tests.oversight.tampering.tools import NotPossible, Tampering, acting_as, execute, fingerprint, relink
from tests.plugin import flush
from tests.plugin.servers import RUN
from tests.world import NOW, World

pytestmark = pytest.mark.django_db
FAMILIES = {door.__name__: door for door in (*rows.DOORS, *guards.DOORS)}
A_COMMIT, A_NIGHT = 2, 60  # of each family
Heads = list[bytes]


@pytest.fixture(scope="module")
def province(django_db_setup, django_db_blocker) -> Iterator[Heads]:
    """The heads kept outside of a province in which everything was committed, seen by a superuser."""
    cheap = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), cheap:
        world = World()
        # What tests arrange by hand leaves no event of its own: it is one transaction with the acts.
        with transaction.atomic():
            assert world.officer  # So that none of it is copied from what another test committed step by step.
            busy_province(world)
        sign_head(now=NOW)
        buy(world, Contract.objects.get(), 2)
        sign_head(now=NOW + timedelta(minutes=10))
        buy(world, Contract.objects.get(), 3)
        link_waiting()
        heads = [bytes(document) for document in TrailHead.objects.order_by("pk").values_list("document", flat=True)]
        known = connection.settings_dict.copy()
        connection.close()
        as_superuser = psycopg.conninfo.conninfo_to_dict(RUN.servers.superuser_url("postgres"))
        connection.settings_dict.update(USER=as_superuser["user"], PASSWORD=as_superuser["password"])
        yield heads
        connection.close()
        connection.settings_dict.update(known)
        flush.restore_pristine_rows()


class Impossible(AssertionError):
    """A tampering that never succeeded: alone, nothing of its family is looked for any more."""


def done(door: Callable[[random.Random], Tampering], rng: random.Random) -> Tampering:
    """Once, so that it succeeds: what the database refuses, or what changes nothing, is tried in another place."""
    for _try in range(300):
        try:
            with transaction.atomic():
                return door(rng)
        except (psycopg.Error, NotPossible, IndexError):
            continue
    raise Impossible(door.__name__)


def missed(name: str, seed: int, heads: Heads) -> str:
    """What a tampering did that the check did not find; "" where it did."""
    with transaction.atomic():
        tampering = done(FAMILIES[name], random.Random(f"{name} {seed}"))
        found = list(verify(heads))
        transaction.set_rollback(True)
    return "" if tampering.is_among(found) else f"{name} {seed}: {tampering.told}; found {list(map(str, found))[:5]}"


def test_what_was_committed_has_no_fault(province):
    report = Report()
    assert [str(fault) for fault in verify(province, report)] == []
    assert report.looked_at["links"] > 300
    assert report.looked_at["events"] > 20
    assert report.looked_at["guards"] > 1500
    assert report.looked_at["heads from outside"] == 2


def set_a_day(name: str) -> None:
    """An act, by the role that may do it."""
    with acting_as("owner"):
        set_days([CalendarDay(day=NOW.date(), working=True, name=name)])


def test_what_waits_for_its_link_is_no_fault(province):
    set_a_day("once")
    set_a_day("twice")
    assert [str(fault) for fault in verify(province)] == []


def test_another_state_before_a_change_than_the_last_record_left_is_found(province):
    """What was changed unseen does not become right by the platform's working on."""
    set_a_day("once")
    with acting_as("replica"):
        execute("UPDATE core_calendarday SET working = NOT working")
    set_a_day("twice")
    [fault] = verify(province)
    assert "found another row than the record before it left" in fault.what


def test_a_number_of_a_server_before_a_restore_is_another_act(province):
    """On another server transactions are counted anew."""
    set_a_day("once")
    [(system, act)] = execute("SELECT system, transaction FROM core_rowrecord ORDER BY id LIMIT 1")
    said = "UPDATE core_rowrecord SET system = %s, transaction = %s WHERE id IN (SELECT record_id FROM core_unlinked)"
    with acting_as("replica"):
        execute(said, system + 1, act)
        assert [str(fault) for fault in verify(province)] == []
        execute(said, system, act)
        assert {fault.what for fault in verify(province)} == {"says that it belongs to an act that was over before"}


def test_rows_of_a_changed_table_are_taken_as_they_are_where_a_migration_says_so(province, monkeypatch):
    set_a_day("once")
    with acting_as("owner"):
        execute("ALTER TABLE core_calendarday ADD colour text NOT NULL DEFAULT 'red'")
        rebaseline(connection, "core_calendarday", reason="days have a colour")
    told = {fault.what for fault in verify(province)}
    assert told == {"is not as the migrations make it", "was taken as it is, with 0 more, and no migration says so"}
    monkeypatch.setattr(
        "oversight.verification.rows._rebaselined", lambda: {("core_calendarday", "days have a colour")}
    )
    assert [str(fault) for fault in verify(province)] == ["core_calendarday columns: is not as the migrations make it"]


def test_constraints_that_a_dump_wrote_and_a_restore_read_are_the_same(province):
    """PostgreSQL does not write them again as it wrote them."""
    tables = "conrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND NOT relispartition)"
    checks = execute(
        "SELECT conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) FROM pg_constraint"
        f" WHERE contype = 'c' AND {tables}"
    )
    assert len(checks) > 200
    for table, name, definition in checks:
        execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    again = execute(f"SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND {tables}")
    assert {definition for (definition,) in again} != {definition for _table, _name, definition in checks}
    assert [str(fault) for fault in verify(province)] == []


def test_without_a_head_from_outside_a_chain_written_anew_is_not_found(province):
    """Why heads go elsewhere: the control."""
    last = "SELECT max(id) FROM core_rowrecord WHERE \"table\" = 'catalogue_item' AND key = %s"
    with acting_as("replica"):
        [(row,)] = execute("SELECT min(id)::text FROM catalogue_item")
        execute("UPDATE catalogue_item SET name = 'another' WHERE id::text = %s", row)
        now = fingerprint("catalogue_item", row)
        execute(f"UPDATE core_rowrecord SET fingerprint = %s WHERE id = ({last})", now, row)
        execute("DELETE FROM oversight_trailhead")
        execute("DELETE FROM core_rowrecord WHERE \"table\" = 'oversight_trailhead'")
    relink()
    assert [str(fault) for fault in verify()] == []
    assert len(list(verify(province))) == 4  # each head is missing, and of another chain


def test_the_manifest_is_what_the_migrations_make_now():
    """Else: `python -m tests.manifest`."""
    with reading():
        assert guards_now() == MANIFEST.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FAMILIES)
def test_a_tampering_of_each_family_is_found(province, name):
    assert [told for seed in range(A_COMMIT) if (told := missed(name, seed, province))] == []


@pytest.mark.parametrize("seed", range(2))
def test_of_eight_at_once_none_hides_another(province, seed):
    assert not_found_of_eight(seed, province) == []


def not_found_of_eight(seed: int, heads: Heads) -> list[str]:
    rng = random.Random(f"eight {seed}")
    alone = (rows.emptied_table, rows.forged_chain, guards.broken)
    with transaction.atomic():
        names = rng.sample([name for name, door in FAMILIES.items() if door not in alone], 8)
        tamperings = []
        for name in names:
            with suppress(Impossible):  # one before it may have shut its door: who dropped a function calls it no more
                tamperings.append(done(FAMILIES[name], rng))
        assert len(tamperings) > 5
        found: list[Fault] = list(verify(heads))
        transaction.set_rollback(True)
    return [f"{seed}: {one.told}" for one in tamperings if not one.is_among(found)]


@pytest.mark.nightly
@pytest.mark.parametrize("name", FAMILIES)
def test_many_tamperings_of_each_family_are_found(province, name):
    assert [told for seed in range(A_COMMIT, A_NIGHT) if (told := missed(name, seed, province))] == []


@pytest.mark.nightly
def test_of_many_eights_none_hides_another(province):
    assert [told for seed in range(2, 60) for told in not_found_of_eight(seed, province)] == []
