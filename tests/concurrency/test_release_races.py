"""Releases on real connections: workers at the same stretch, one killed in it, and searches while a release merges."""

import threading
from unittest.mock import patch

import pytest
from django.db import connections

from catalogue import actions
from catalogue.actions.releases import acts
from catalogue.models import CatalogueImport, Item, Product, ReleaseRow
from core.acting import acting_for
from tests.catalogue.releases import STENT, as_release, counts, merged, numbered, read, stage
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """What no code catches: the worker is gone."""


def beside(act):
    """Run an act in a thread with a connection of its own; the thread, begun."""

    def run():
        try:
            act()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def fresh(batch):
    return CatalogueImport.objects.get(pk=batch.pk)


def numbers(batch):
    return list(ReleaseRow.objects.filter(batch=batch).order_by("number").values_list("number", flat=True))


def test_of_two_workers_at_one_stretch_one_reads_it_and_the_other_leaves_it_alone(world):
    judging, second_is_done = threading.Event(), threading.Event()
    judge = acts.judge

    def slowly(*given):
        judging.set()
        assert second_is_done.wait(30)
        return judge(*given)

    with patch.object(acts, "STRETCH", 4), patch.object(acts, "_CHUNK", 4):
        batch = stage(world, as_release(*map(numbered, range(10))))
        with patch.object(acts, "judge", slowly):
            first = beside(lambda: actions.read_release(batch=fresh(batch), now=NOW))
            assert judging.wait(30)
            actions.read_release(batch=fresh(batch), now=NOW)
            assert numbers(batch) == []
            second_is_done.set()
            first.join(30)
        assert numbers(batch) == [2, 3, 4, 5]
        while fresh(batch).status == "staging":
            actions.read_release(batch=fresh(batch), now=NOW)
    assert numbers(batch) == list(range(2, 12))
    assert counts(batch) == {"added": 10}


def test_a_worker_killed_within_a_stretch_costs_that_stretch_and_no_row(world):
    judge, seen = acts.judge, []

    def dying(*given):
        seen.append(judge(*given))
        if len(seen) == 3:
            raise Killed
        return seen[-1]

    with patch.object(acts, "STRETCH", 4), patch.object(acts, "_CHUNK", 2):
        batch = stage(world, as_release(*map(numbered, range(9))))
        with patch.object(acts, "judge", dying):
            actions.read_release(batch=fresh(batch), now=NOW)
            with pytest.raises(Killed):
                actions.read_release(batch=fresh(batch), now=NOW)
        assert numbers(batch) == [2, 3, 4, 5]
        while fresh(batch).status == "staging":
            actions.read_release(batch=fresh(batch), now=NOW)
    assert numbers(batch) == list(range(2, 11))
    assert counts(batch) == {"added": 9}


def test_searches_go_on_while_a_release_merges_and_see_all_of_it_or_nothing(world):
    merged(world, as_release(STENT))
    batch = read(world, as_release(*(numbered(n, generic_class="心脏支架") for n in range(1, 7))))
    actions.merge_import(batch=batch, by=world.cataloguer, now=NOW)
    half_way, searched = threading.Event(), threading.Event()
    tell = acts._Telling.tell

    def waiting(self, done):
        tell(self, done)
        half_way.set()
        assert searched.wait(30)

    def merge():
        with acting_for(world.cataloguer.acting):
            actions.apply_release(batch=fresh(batch), now=NOW)

    with patch.object(acts._Telling, "tell", waiting):
        worker = beside(merge)
        assert half_way.wait(30)
        assert [item.name for item in Item.objects.matching("脊柱")] == ["脊柱内固定"]
        assert not Item.objects.matching("心脏").exists()
        assert Product.objects.count() == 1
        # Whoever asks how far it is knows already.
        assert fresh(batch).run.merged_rows == 6
        searched.set()
        worker.join(60)
    assert fresh(batch).status == "merged"
    assert [item.name for item in Item.objects.matching("心脏")] == ["心脏支架"]
    assert Product.objects.count() == 7
