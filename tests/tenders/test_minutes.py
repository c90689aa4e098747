"""Minutes of an opening: written when every verdict is there, signed by the openers who released, for everybody."""

import pytest
from django.db import DatabaseError

from core.errors import Conflict, Refused
from core.models import Event
from sealing import ceremony
from sealing.canonical import read_canonical
from sealing.documents import document_hash, read_document, sign_document
from tenders.actions.opening import sign_minutes
from tenders.models import Minutes, MinutesSignature
from tenders.presentation.ceremony import document_of
from tenders.presentation.package import opener_package
from tenders.program import program_digest
from tenders.shell import todos
from tests.tenders.bids import HOUR, ask, bids_in, by_hand, release, technical_result
from tests.tenders.stage import DEADLINE, published_tender

LATER = DEADLINE + HOUR


@pytest.fixture
def stage(world):
    stage = published_tender(world, lots=("20.00",))
    stage.bids = bids_in(stage, "13.50", "12.90", "11.00")
    ask(stage)
    return stage


def package_of(stage, place):
    return opener_package(stage.tender.openers.select_related("tender").get(place=place))


def signed(stage, place):
    holder = stage.holders[place - 1]
    documents = ceremony.sign_minutes(package_of(stage, place), holder.pair)
    return sign_minutes(tender=stage.tender, documents=documents, by=holder.seat, now=LATER)


def test_minutes_say_what_was_asked_released_and_found(stage):
    release(stage, (1, 2))
    assert not Minutes.objects.exists()
    release(stage, (3,))
    minutes = Minutes.objects.get()
    body = read_canonical(bytes(minutes.body))
    releases = [document_hash(bytes(one.document)) for one in minutes.request.releases.all()]
    assert (body["notice"], body["close"]) == (stage.tender.terms, stage.tender.close.sha256)
    assert (body["requests"], body["releases"]) == ([minutes.request.sha256], releases)
    assert [(one["bid"], one["outcome"]) for one in body["envelopes"]] == [
        (bid.reference, "opened") for bid in sorted(stage.bids, key=lambda bid: bid.reference)
    ]
    assert (body["results"], body["ranking"], body["program"]) == ([], [], program_digest())


def test_minutes_of_prices_carry_the_ranking_and_every_release_of_the_lot(stage):
    release(stage, (1, 2, 3))
    good, fair, cheap = stage.bids
    technical_result(stage.lots[0], passed=[good, fair], failed=[cheap], by=stage.officer, final_at=LATER)
    ask(stage, "commercial", at=LATER)
    release(stage, (2, 3, 4), at=LATER)
    body = read_canonical(bytes(Minutes.objects.get(request__envelope="commercial").body))
    assert body["ranking"] == [
        {"bid": fair.reference, "price": "1.290000", "rank": 1},
        {"bid": good.reference, "price": "1.350000", "rank": 2},
    ]
    assert (len(body["releases"]), len(body["requests"]), len(body["results"])) == (6, 2, 1)
    assert {one["bid"] for one in body["envelopes"]} == {good.reference, fair.reference}


def test_openers_who_released_are_asked_to_sign_and_no_others(stage):
    release(stage, (1, 2, 3))
    for place in (1, 2, 3):
        assert "Sign the minutes of the opening" in [
            str(todo.what) for todo in todos(stage.holders[place - 1].seat, LATER)
        ]
        assert len(package_of(stage, place)["minutes"]) == 1
        signed(stage, place)
        assert todos(stage.holders[place - 1].seat, LATER) == []
    assert package_of(stage, 4)["minutes"] == []
    assert todos(stage.holders[3].seat, LATER) == []


def test_signed_minutes_are_a_document_that_everybody_can_check(stage):
    release(stage, (1, 2, 3))
    assert document_of(stage.tender, "minutes-1-technical") is None
    for place in (3, 1, 2):
        signed(stage, place)
    document = document_of(stage.tender, "minutes-1-technical")
    keys = [holder.pair.sign_public for holder in stage.holders]
    assert len(read_document(document, keys, needed=3).signers) == 3
    assert Event.objects.filter(verb="opening.minutes_signed", audience="public").count() == 3


def test_what_is_not_these_minutes_signed_by_this_opener_is_refused(stage):
    release(stage, (1, 2, 3))
    (minutes,) = package_of(stage, 1)["minutes"]
    first, second = stage.holders[0], stage.holders[1]
    body = read_canonical(minutes.encode())
    bad = [
        ceremony.sign_minutes(package_of(stage, 2), second.pair)[0],
        sign_document(body | {"program": "0" * 64}, first.pair.sign),
        minutes.encode() + b"\n",
        b"",
    ]
    for document in bad:
        with pytest.raises(Refused, match="not minutes of this tender"):
            sign_minutes(tender=stage.tender, documents=[document], by=first.seat, now=LATER)
    with pytest.raises(Refused, match="nothing signed"):
        sign_minutes(tender=stage.tender, documents=[], by=first.seat, now=LATER)
    document = ceremony.sign_minutes(package_of(stage, 1), first.pair)
    sign_minutes(tender=stage.tender, documents=document, by=first.seat, now=LATER)
    with pytest.raises(Conflict, match="already"):
        sign_minutes(tender=stage.tender, documents=document, by=first.seat, now=LATER)
    assert MinutesSignature.objects.count() == 1


def test_minutes_stay_as_they_were_written(stage):
    release(stage, (1, 2, 3))
    signed(stage, 1)
    for change in (
        lambda: Minutes.objects.update(sha256="0" * 64),
        lambda: MinutesSignature.objects.update(signed_at=DEADLINE),
        MinutesSignature.objects.all().delete,
    ):
        with pytest.raises(DatabaseError, match="written once"):
            by_hand(change)
