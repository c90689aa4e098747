"""The database shows a bid to its supplier alone until bids are closed, whatever a query forgets."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.signals import request_finished
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.access import SeatMiddleware
from accounts.models import InboxMessage
from core.trail import link_waiting
from core.wall import walled_models
from oversight.verification import verify
from tenders.actions.bidding import declare_attachment, store_chunk
from tenders.models import (
    Bid,
    BidVersion,
    Close,
    DrawSeed,
    JudgedAgain,
    Question,
    Reveal,
    RevealCall,
    Round,
    SealedAttachment,
)
from tenders.tasks import remind_bidders
from tests.arranging import arranged
from tests.roles import as_web, program_of
from tests.tenders.bids import a_bid, bids_in, by_hand, moved_deadline, signed_in
from tests.tenders.judging import proposed_lot
from tests.tenders.stage import cancelled, published_tender
from tests.tenders.test_attachments import Sealed
from tests.world import NOW

DAY = timedelta(days=1)


# Questions and the seeds of draws tell of no bid and have walls of their own: test_questions and test_committee.
ELSEWHERE = (Question, DrawSeed)
WALLED = [model for model in walled_models() if model._meta.app_label == "tenders" and model not in ELSEWHERE]
BEHIND = [model._meta.db_table for model in WALLED]
EVENTS = "core_event"


def ask(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def acts_for():
    return ask("SELECT current_setting('procurement.organisation', true)")[0][0]


def shown():
    """How many rows of each table there are for this session; of the events, those of who bids."""
    counts = {table: ask(f"SELECT count(*) FROM {table}")[0][0] for table in BEHIND}
    return counts | {EVENTS: ask(f"SELECT count(*) FROM {EVENTS} WHERE verb LIKE 'bid.%' AND audience = 'named'")[0][0]}


def shown_to(organisation=None):
    with as_web(organisation):
        return shown()


NOTHING = dict.fromkeys([*BEHIND, EVENTS], 0)


@pytest.fixture
def stage(world):
    """A lot with a proposed award whose three bidders each stored an attachment. Then the clock is turned back to
    before the deadline, when none of all this should be seen."""
    stage, bids = proposed_lot(world, "13.50", "12.00", "11.00")
    for bid in bids:
        attached(bid)
    arranged(revealed)(stage, bids)
    arranged(judged_again)(stage, bids)
    arranged(Close.objects.all().delete)()
    moved_deadline(stage.tender, timezone.now() + DAY)
    return stage


def attached(bid):
    sealed = Sealed(bid.reference.encode())
    stored = declare_attachment(bid=bid, declaration=sealed.declaration, by=bid.prepared_by, now=NOW)
    store_chunk(attachment=stored, number=0, data=sealed.chunks[0], by=bid.prepared_by, now=NOW)


def revealed(stage, bids):
    """Seeds of every bid, after a call whose hour has passed."""
    call = RevealCall.objects.create(
        tender=stage.tender, reason="a fire", due_at=NOW, called_at=NOW, called_by=stage.officer
    )
    for bid in bids:
        Reveal.objects.create(
            call=call,
            bid=bid,
            version=bid.versions.get(),
            commercial_sha256="0" * 64,
            received_at=NOW,
            submitted_by=bid.prepared_by,
        )


def judged_again(stage, bids):
    """A further round in which every bid was judged anew."""
    again = Round.objects.create(
        lot=stage.lots[0], number=2, reason="A mistake", opened_at=NOW, opened_by=stage.officer
    )
    JudgedAgain.objects.bulk_create(JudgedAgain(bid=bid, round=again) for bid in bids)


# --- What is behind it ------------------------------------------------------------------------------------------
def test_the_web_role_cannot_take_it_down(db):
    for attempt in (
        "ALTER TABLE tenders_bid DISABLE ROW LEVEL SECURITY",
        "DROP POLICY seen ON tenders_bid",
        "CREATE POLICY more ON tenders_bid USING (true)",
        "ALTER ROLE web BYPASSRLS",
    ):
        with as_web(), pytest.raises(DatabaseError, match=r"must be owner|permission denied"), transaction.atomic():
            connection.cursor().execute(attempt)
    with as_web(), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        connection.cursor().execute("SET LOCAL row_security = off; SELECT FROM tenders_bid")


# --- Before the deadline, and after -----------------------------------------------------------------------------
def test_before_the_deadline_a_session_sees_the_rows_of_the_supplier_it_acts_for_and_no_other(world, stage):
    everything = shown()
    assert min(everything.values()) > 0
    for stranger in (None, world.agency, world.hospital, world.payer, world.organisation("supplier")):
        assert shown_to(stranger) == NOTHING
    assert shown_to(world.regulator) == {**NOTHING, EVENTS: everything[EVENTS]}
    own = [shown_to(seat.organisation) for seat in stage.suppliers]
    assert all(mine["tenders_bid"] == mine["tenders_attachmentchunk"] == 1 for mine in own)
    assert {table: sum(mine[table] for mine in own) for table in everything} == everything
    with as_web(stage.suppliers[0].organisation):
        assert {bid.supplier for bid in Bid.objects.select_related("supplier")} == {stage.suppliers[0].organisation}


def test_from_the_deadline_on_everybody_is_shown_what_the_application_asks_for(stage):
    everything = shown()
    moved_deadline(stage.tender, timezone.now())
    assert shown_to() == {**everything, EVENTS: 0}


def test_a_tender_cancelled_before_its_deadline_keeps_its_bids_hidden_for_ever(world):
    stage = published_tender(world, lots=("20.00",))
    bids_in(stage, "13.50")
    cancelled(stage)
    assert shown()["tenders_receipt"] == 1
    assert shown_to(world.agency) == NOTHING
    assert shown_to(stage.suppliers[0].organisation)["tenders_receipt"] == 1


def test_nobody_writes_into_the_bid_of_another(stage):
    bid, attachment = Bid.objects.first(), SealedAttachment.objects.first()
    rival = next(seat.organisation for seat in stage.suppliers if seat.organisation_id != bid.supplier_id)
    moved_deadline(stage.tender, timezone.now() + DAY)
    copies = [
        lambda: Bid(**columns(bid, reference="B-ANOTHER", product_version_id=None)),
        lambda: BidVersion(**columns(bid.versions.get(), number=2, submission_key="another")),
        lambda: SealedAttachment(**columns(attachment, blob="b" * 64)),
    ]
    for organisation in (rival, None):
        for copy in [make() for make in copies]:
            with as_web(organisation), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                by_hand(lambda row=copy: row.save(force_insert=True))


def columns(row, **changed):
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.fields if not field.primary_key}
    return fields | changed


# --- Who acts ---------------------------------------------------------------------------------------------------
def request_of(rf, seat):
    request = rf.get("/")
    request.user, request.session = seat.person, {}
    return request


def test_a_session_acts_for_a_seat_while_its_request_lasts_and_for_nobody_afterwards(rf, world):
    seat, seen = world.bid_manager, []

    def answer(request):
        seen.append(acts_for())
        return HttpResponse()

    def fail(request):
        seen.append(acts_for())
        raise OSError("the disk is full")

    SeatMiddleware(answer)(request_of(rf, seat))
    assert acts_for() == ""
    with pytest.raises(OSError, match="full"):
        SeatMiddleware(fail)(request_of(rf, seat))
    assert acts_for() == ""
    assert seen == [str(seat.organisation_id)] * 2
    visitor = SimpleNamespace(is_authenticated=False)
    SeatMiddleware(answer)(request_of(rf, SimpleNamespace(person=visitor)))
    assert seen[2] == ""


def test_an_answer_that_is_made_while_it_goes_out_is_made_for_its_seat(rf, world, monkeypatch):
    monkeypatch.setattr(request_finished, "send", lambda **given: None)  # at which the connection might be closed
    seat = world.bid_manager
    answer = SeatMiddleware(lambda request: StreamingHttpResponse(acts_for() for _part in range(2)))
    response = answer(request_of(rf, seat))
    assert acts_for() == ""
    assert next(iter(response)) == str(seat.organisation_id).encode()
    response.close()  # as the server does, also where its visitor went away in the middle
    assert acts_for() == ""


def test_pages_lists_and_programs_of_a_bidder_show_its_bids_through_the_wall(client, world):
    """Requests of tests have the rights of the web role, as everywhere (``tests.conftest``)."""
    stage = published_tender(world, lots=("20.00",))
    moved_deadline(stage.tender, timezone.now() + DAY)
    own, other = (a_bid(stage, supplier=seat) for seat in stage.suppliers[:2])
    program = program_of(own.prepared_by)
    signed_in(client, own.prepared_by)
    answers = [client.get("/bids/"), client.get("/bids/?export=csv"), program.get(reverse("api-bids"))]
    with as_web():
        told = [b"".join(answer).decode() for answer in answers]
    assert all(own.reference in content and other.reference not in content for content in told)
    assert program.get(reverse("api-bid", args=[other.reference])).status_code == 404
    assert acts_for() == ""


# --- Who looks behind it ----------------------------------------------------------------------------------------
def test_workers_remind_each_supplier_of_its_own_bids_without_seeing_any(world):
    stage = published_tender(world, lots=("20.00",))
    moved_deadline(stage.tender, timezone.now() + timedelta(minutes=30))
    a_bid(stage, supplier=stage.suppliers[1])
    with as_web():
        remind_bidders()
        assert not Bid.objects.exists()
    assert [notice.seat for notice in InboxMessage.objects.filter(about__startswith="reminder:")] == [
        stage.suppliers[1]
    ]


def test_the_trail_is_checked_by_the_owner_and_no_row_is_taken_for_missing(world):
    with as_web(world.regulator), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        list(verify())


def test_the_check_of_the_trail_finds_a_wall_that_was_taken_down(world):
    link_waiting()  # the rows of migrations may be older than the run
    assert not list(verify())
    connection.cursor().execute("ALTER TABLE tenders_receipt DISABLE ROW LEVEL SECURITY")
    connection.cursor().execute("CREATE POLICY more ON tenders_bid USING (true)")
    connection.cursor().execute("DROP POLICY kept ON tenders_ranking")
    assert [str(fault) for fault in verify()] == [
        "tenders_bid policy more: is not one of ours",
        "tenders_ranking policy kept: is missing",
        "tenders_receipt table: is not as the migrations make it",
    ]
