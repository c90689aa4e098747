"""The end of the keys: once a tender is over its openers declare them destroyed, and what was never opened is gone."""

import pytest
from django.db import DatabaseError, connection

from core.errors import Conflict, Refused
from core.models import Event
from sealing.ceremony import declare_destroyed
from tenders.actions.opening import declare_key_destroyed
from tenders.keylist import current_openers, fingerprint
from tenders.models import BidVersion, KeyDestruction, OpenedEnvelope
from tenders.shell import todos
from tests.tenders.bids import HOUR, bids_in, by_hand, fresh, handed_in
from tests.tenders.judging import PRICED, ranked_lot
from tests.tenders.stage import DEADLINE, cancelled, published_tender

LATER = DEADLINE + HOUR


@pytest.fixture
def stage(world):
    """A cancelled tender with three bids, of which one was replaced."""
    stage = published_tender(world, lots=("20.00",))
    stage.bids = bids_in(stage, "13.50", "12.90", "11.00")
    handed_in(stage.bids[0], "10.00")
    cancelled(stage, now=LATER)
    stage.tender = fresh(stage.tender)
    return stage


def statement(stage, holder, **changes):
    printed = fingerprint(stage.tender, current_openers(stage.tender))
    given = {"place": holder, "key_list_hash": printed, "at": LATER} | changes
    return declare_destroyed(stage.holders[holder - 1].pair, **given)


def destroyed(stage, place):
    holder = stage.holders[place - 1]
    return declare_key_destroyed(tender=stage.tender, document=statement(stage, place), by=holder.seat, now=LATER)


def envelopes_left():
    versions = BidVersion.objects.filter(kind="bid")
    return sum(bool(one.technical) + bool(one.commercial) for one in versions)


def test_while_k_keys_are_left_every_envelope_stays(stage):
    destroyed(stage, 1)
    destroyed(stage, 2)
    assert envelopes_left() == 8
    assert not Event.objects.filter(verb="opening.seals_deleted").exists()


def test_with_fewer_keys_what_was_never_opened_goes_and_its_hashes_stay(stage):
    before = list(
        BidVersion.objects.order_by("pk").values_list("technical_sha256", "commercial_sha256", "technical_com")
    )
    for place in (1, 2, 3):
        destroyed(stage, place)
    assert envelopes_left() == 0
    after = list(
        BidVersion.objects.order_by("pk").values_list("technical_sha256", "commercial_sha256", "technical_com")
    )
    assert after == before
    assert Event.objects.get(verb="opening.seals_deleted").data == {"seals": 8}
    destroyed(stage, 4)
    assert Event.objects.filter(verb="opening.seals_deleted").count() == 1


def test_what_was_opened_stays(world):
    stage, _bids = ranked_lot(world, "13.50", "12.00", "11.00", "10.00", totals={3: "40"})
    assert OpenedEnvelope.objects.filter(envelope="technical").count() == 4
    opened = OpenedEnvelope.objects.filter(envelope="commercial").count()
    with pytest.raises(Refused, match="until every lot has ended"):
        declare_key_destroyed(tender=stage.tender, document=statement(stage, 1), by=stage.holders[0].seat, now=PRICED)
    cancelled(stage, now=PRICED)
    stage.tender = fresh(stage.tender)
    for place in (1, 2, 3):
        destroyed(stage, place)
    versions = BidVersion.objects.filter(kind="bid")
    assert all(version.technical for version in versions)
    assert sum(bool(version.commercial) for version in versions) == opened == 3


def test_keys_are_kept_while_a_lot_runs_or_an_objection_waits(world):
    stage, _bids = ranked_lot(world, "13.50", "12.00", "11.00")
    assert not fresh(stage.tender).over()
    assert "Destroy your key: the tender is over" not in [str(one.what) for one in todos(stage.holders[0].seat, PRICED)]


def test_only_the_openers_own_statement_about_this_list_counts(stage):
    first, second = stage.holders[0], stage.holders[1]
    bad = [statement(stage, 2), statement(stage, 1, place=2), statement(stage, 1, key_list_hash="0" * 64), b"", b"x\n"]
    for document in bad:
        with pytest.raises(Refused, match="not the statement of place 1"):
            declare_key_destroyed(tender=stage.tender, document=document, by=first.seat, now=LATER)
    with pytest.raises(Refused, match="You hold no key"):
        declare_key_destroyed(tender=stage.tender, document=b"", by=stage_stranger(stage), now=LATER)
    destroyed(stage, 1)
    with pytest.raises(Conflict, match="already"):
        destroyed(stage, 1)
    assert KeyDestruction.objects.get().opener.seat == first.seat
    assert "Destroy your key: the tender is over" in [str(one.what) for one in todos(second.seat, LATER)]
    assert todos(first.seat, LATER) == []


def stage_stranger(stage):
    return stage.world.seat(stage.world.regulator, "opener")


def test_the_database_lets_no_envelope_go_while_keys_are_left(stage):
    def forget(**change):
        return lambda: BidVersion.objects.filter(kind="bid").update(**change)

    for change in ({"technical": None}, {"commercial": None}, {"commercial": b"x"}, {"commercial_sha256": "0" * 64}):
        with pytest.raises(DatabaseError, match="written once"):
            by_hand(forget(**change))
    with pytest.raises(DatabaseError, match="enough openers"), connection.cursor() as cursor:
        cursor.execute("SELECT delete_unopened_seals(%s)", [stage.tender.pk])


def test_the_web_role_deletes_nothing_by_itself(stage, request):
    request.getfixturevalue("as_web_role")
    with pytest.raises(DatabaseError, match="permission denied"):
        by_hand(lambda: BidVersion.objects.filter(kind="bid").update(technical=None))
