"""Documents of a tender: hashed into its notice, read by everybody then, amended only as the notice is."""

import base64
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.documents import Paper
from accounts.permissions import OrganisationKind
from core.actions import action
from core.errors import Denied, Refused
from tenders.actions.changes.checks import terms_of
from tenders.actions.documents import attach_document, remove_document
from tenders.actions.publication import publish_tender
from tenders.notice import PublishedNotice
from tests.roles import program_of
from tests.tenders.bids import clock_at, fresh
from tests.tenders.changing import amended
from tests.tenders.stage import DEADLINE, draft_tender
from tests.tenders.test_tender_pages import client_of, page
from tests.world import NOW

TEXT = Paper("contract.pdf", b"%PDF-1.7 the contract")
OTHER = Paper("tender.pdf", b"%PDF-1.7 the tender")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def stage(world):
    return draft_tender(world, lots=("1.50",))


@pytest.fixture
def published(stage):
    attach(stage, TEXT)
    stage.tender = publish_tender(tender=fresh(stage.tender), by=stage.officer, now=NOW)
    return stage


@pytest.fixture
def on_the_clock():
    with clock_at(LATER):
        yield


def attach(stage, paper, **facts):
    given = {"kind": "contract", "by": stage.world.preparer, "now": NOW} | facts
    return attach_document(tender=stage.tender, paper=paper, **given)


def named(tender):
    return [one["sha256"] for one in PublishedNotice.of(fresh(tender)).body["documents"]]


def test_the_notice_names_each_document_by_kind_name_and_hash(published):
    [told] = PublishedNotice.of(published.tender).body["documents"]
    assert told == {"kind": "contract", "name": "contract.pdf", "sha256": sha256(TEXT.content).hexdigest()}


@pytest.mark.parametrize(
    ("paper", "kind", "code"),
    [
        (Paper("a.exe", b"MZ"), "contract", "document"),
        (Paper("a.pdf", b""), "contract", "document"),
        (OTHER, "poem", "invalid_choice"),
        (TEXT, "contract", "twice"),
    ],
)
def test_what_is_no_document_or_attached_already_is_refused(stage, paper, kind, code):
    attach(stage, TEXT)
    with pytest.raises(Refused) as refusal:
        attach(stage, paper, kind=kind)
    assert refusal.value.faults[0].code == code


def test_who_attaches_last_does_not_publish(stage):
    attach(stage, TEXT, by=stage.officer)
    assert fresh(stage.tender).prepared_by == stage.officer


def test_another_agency_attaches_and_removes_nothing(world, stage):
    attach(stage, TEXT)
    stranger = world.seat(world.organisation(OrganisationKind.AGENCY), "officer")
    with pytest.raises(Denied):
        attach(stage, OTHER, by=stranger)
    with pytest.raises(Denied):
        remove_document(tender=stage.tender, number=1, by=stranger, now=NOW)


def test_it_can_be_taken_off_a_draft_and_never_afterwards(stage):
    attach(stage, TEXT)
    remove_document(tender=stage.tender, number=1, by=stage.world.preparer, now=NOW)
    assert not stage.tender.documents.exists()
    attach(stage, TEXT)
    stage.tender = publish_tender(tender=fresh(stage.tender), by=stage.officer, now=NOW)
    with pytest.raises(Refused):
        remove_document(tender=stage.tender, number=1, by=stage.world.preparer, now=NOW)
    for past_the_action in (
        lambda: stage.tender.documents.all().delete(),
        lambda: stage.tender.documents.update(content=b"%PDF-1.7 another contract"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            action(past_the_action)()


def test_after_publication_a_document_counts_once_an_amendment_names_it(published, on_the_clock):
    tender, before = published.tender, named(published.tender)
    attach(published, OTHER, now=LATER)
    assert named(tender) == before
    assert terms_of(tender).documents == tuple(before)
    change = amended(published, documents=(*before, OTHER.sha256), at=LATER)
    assert named(tender) == [*before, OTHER.sha256]
    assert [one["field"] for one in change.differences] == ["documents"]


def test_an_amendment_of_something_else_leaves_them_and_one_may_leave_a_document_out(published):
    before = named(published.tender)
    amended(published, summary="Of this year", at=LATER)
    assert named(published.tender) == before
    published.tender = fresh(published.tender)
    amended(published, documents=(), at=LATER)
    assert named(published.tender) == []


def test_an_amendment_names_nothing_that_is_not_attached(published):
    with pytest.raises(Refused) as refusal:
        amended(published, documents=("0" * 64,), at=LATER)
    assert ("documents", "invalid_choice") in {(one.field, one.code) for one in refusal.value.faults}


def test_nothing_is_attached_once_the_deadline_has_come(published):
    with clock_at(DEADLINE), pytest.raises(Refused) as refusal:
        attach(published, OTHER, now=DEADLINE)
    assert refusal.value.code == "not_now"


def test_everybody_reads_what_a_notice_names_and_nobody_else_what_it_does_not(published, on_the_clock, world):
    attach(published, OTHER, now=LATER)
    tender, visitor = published.tender, Client()
    assert visitor.get(page("notice-file", tender, TEXT.sha256)).content == TEXT.content
    assert visitor.get(page("notice-file", tender, OTHER.sha256)).status_code == 404
    assert client_of(world.bid_manager).get(page("document", tender, 1)).content == TEXT.content
    assert client_of(world.bid_manager).get(page("document", tender, 2)).status_code == 404
    assert client_of(world.officer).get(page("document", tender, 2)).content == OTHER.content
    amended(published, documents=(OTHER.sha256,), at=LATER)
    assert visitor.get(page("notice-file", tender, TEXT.sha256)).content == TEXT.content, "what was published stays"
    assert OTHER.sha256 in visitor.get(reverse("tenders:notice", args=[tender.reference])).content.decode()


def test_a_page_attaches_and_removes(stage):
    client = client_of(stage.world.preparer)
    url = page("attach-document", stage.tender)
    file = SimpleUploadedFile("contract.pdf", TEXT.content)
    assert client.post(url, {"kind": "contract", "document": file}).status_code == 302
    assert "contract.pdf" in client.get(page("tender", stage.tender)).content.decode()
    client.post(page("remove-document", stage.tender, 1))
    assert not stage.tender.documents.exists()


def test_the_page_of_an_amendment_offers_them(published):
    client = client_of(published.world.preparer)
    form = client.get(page("propose-amendment", published.tender)).context["form"]
    assert list(form["documents"].value()) == [TEXT.sha256]


def test_programs_attach_read_and_remove(stage):
    program = program_of(stage.world.preparer)
    url = f"/api/v1/tenders/{stage.tender.reference}/documents/"
    content = base64.b64encode(TEXT.content).decode()
    asked = {"kind": "contract", "document": {"name": "contract.pdf", "content": content}}
    [told] = program.post(url, asked).json()
    assert (told["sha256"], told["named"]) == (TEXT.sha256, False)
    assert program.get(f"{url}1/").json()["content"] == content
    assert program.post(f"{url}1/remove/").json() == []
