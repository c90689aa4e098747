"""Questions are asked by name until a day and published without it; only an amendment changes terms."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import InboxMessage
from core.actions import action
from core.calendar import local_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from tenders.actions.questions import MOST_WAITING, answer_questions, ask_questions, questions_end
from tenders.models import Clarification, Question
from tenders.rules.questions import questions_until
from tenders.tasks import announce_clarification, announce_questions
from tenders.todos.questions import todos
from tests.roles import as_web, program_of
from tests.tenders.bids import TICK, clock_at, fresh, signed_in
from tests.tenders.changing import amended, proposed_amendment
from tests.tenders.stage import DEADLINE, draft_tender, published_tender
from tests.world import NOW

ZONE = ZoneInfo("Asia/Shanghai")
SECRET = "Is the shelf life counted from the day of making?"


@pytest.fixture(autouse=True)
def _a_standing_clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def stage(world):
    return published_tender(world, lots=("20.00",), suppliers=2)


def asked(stage, *texts, at=NOW, by=None):
    with clock_at(at):
        return ask_questions(tender=stage.tender, texts=texts or [SECRET], by=by or stage.suppliers[0], now=at)


def answered(stage, questions, **given):
    facts = {"answer": "From the day of making.", "by": stage.officer, "now": NOW} | given
    return answer_questions(tender=stage.tender, questions=[one.reference for one in questions], **facts)


def page(stage, name):
    return reverse(f"tenders:{name}", args=[stage.tender.reference])


def text_of(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


class TestTheDay:
    def test_ten_days_before_the_deadline_or_half_of_a_short_notice(self):
        published = datetime(2026, 3, 1, 1, tzinfo=UTC)
        noon = datetime(2026, 3, 31, 4, tzinfo=UTC)
        assert questions_until(published, noon, ZONE) == datetime(2026, 3, 21, 16, tzinfo=UTC)
        short = datetime(2026, 3, 11, 4, tzinfo=UTC)
        assert questions_until(published, short, ZONE) == datetime(2026, 3, 6, 16, tzinfo=UTC)

    def test_a_notice_of_a_day_takes_questions_until_its_deadline(self):
        published = datetime(2026, 3, 1, 1, tzinfo=UTC)
        assert questions_until(published, published + timedelta(hours=5), ZONE) == published + timedelta(hours=5)

    @given(days=st.integers(0, 400), hours=st.integers(1, 23), later=st.integers(0, 90))
    def test_it_lies_within_the_notice_and_never_moves_forward_with_a_later_deadline(self, days, hours, later):
        published = datetime(2026, 3, 1, 1, tzinfo=UTC)
        deadline = published + timedelta(days=days, hours=hours)
        until = questions_until(published, deadline, ZONE)
        assert published < until <= deadline
        assert local_date(deadline, ZONE) - local_date(until - timedelta(microseconds=1), ZONE) <= timedelta(days=10)
        assert questions_until(published, deadline + timedelta(days=later), ZONE) >= until

    def test_a_question_at_that_instant_is_late_and_the_database_refuses_one_after_the_deadline(self, stage):
        until = questions_end(stage.tender)
        asked(stage, at=until - TICK)
        with pytest.raises(Refused) as refusal:
            asked(stage, at=until)
        assert refusal.value.code == "closed"
        with clock_at(DEADLINE), pytest.raises(DatabaseError, match="before the deadline"), transaction.atomic():
            by_hand(stage)

    def test_a_draft_takes_none(self, world):
        stage = draft_tender(world)
        with pytest.raises(Refused, match="over"):
            asked(stage, by=world.seat(world.organisation("supplier"), "bid_manager"))


@action
def by_hand(stage, **facts):
    seat = stage.suppliers[0]
    given = {
        "reference": "Q-1",
        "tender": stage.tender,
        "supplier": seat.organisation,
        "text": "x",
        "asked_at": NOW,
        "asked_by": seat,
    }
    return Question.objects.create(**given | facts)


class TestAsking:
    def test_many_are_asked_at_once_or_none_and_the_fault_names_its_row(self, stage):
        with pytest.raises(Refused) as refusal:
            asked(stage, "One?", " ", "Three?", "x" * 2001)
        assert [(one.row, one.code) for one in refusal.value.faults] == [(2, "required"), (4, "max_length")]
        assert not Question.objects.exists()
        assert len(asked(stage, "One?", "Two?")) == 2

    def test_a_supplier_cannot_flood_a_tender(self, stage):
        for _fifty in range(MOST_WAITING // 50):
            asked(stage, *["Why?"] * 50)
        with pytest.raises(Refused, match="wait for an answer"):
            asked(stage, "Once more?")
        asked(stage, "Another supplier may", by=stage.suppliers[1])

    def test_who_does_not_bid_does_not_ask(self, stage):
        with pytest.raises(Denied):
            asked(stage, by=stage.officer)

    def test_before_the_answer_nobody_but_the_agency_and_who_asked_sees_it(self, stage):
        asked(stage)
        own, other = stage.suppliers
        assert SECRET in text_of(signed_in(Client(), own).get(page(stage, "questions")))
        assert SECRET in text_of(signed_in(Client(), stage.officer).get(page(stage, "questions")))
        for seat in (other, stage.holders[0].seat, stage.evaluators[0].seat, stage.world.pharmacist):
            answer = signed_in(Client(), seat).get(page(stage, "questions"))
            assert SECRET not in answer.content.decode()
            assert own.organisation.name not in answer.content.decode().replace(SECRET, "")
        assert SECRET not in text_of(Client().get(page(stage, "notice")))

    def test_the_database_shows_it_to_no_other_supplier_before_the_answer_or_after_it(self, stage):
        questions = asked(stage)
        for _before_and_after in range(2):
            with as_web(stage.suppliers[1]):
                assert not Question.objects.exists()
            with as_web():
                assert not Question.objects.exists()
            with as_web(stage.suppliers[0]):
                assert Question.objects.count() == 1
            with as_web(stage.officer):
                assert Question.objects.count() == 1
            if questions[0].clarification_id is None and not Clarification.objects.exists():
                answered(stage, questions)

    def test_nobody_asks_in_the_name_of_another(self, stage):
        facts = {"supplier": stage.suppliers[1].organisation}
        refused = pytest.raises(DatabaseError, match="row-level security")
        with clock_at(NOW), as_web(stage.suppliers[0]), refused, transaction.atomic():
            by_hand(stage, **facts)


class TestAnswering:
    def test_an_answer_is_read_by_everybody_and_nobody_reads_who_asked(self, stage):
        answered(stage, asked(stage))
        name = stage.suppliers[0].organisation.name
        for client in (Client(), signed_in(Client(), stage.suppliers[1])):
            where = "questions" if client.session.keys() else "notice"
            text = text_of(client.get(page(stage, where)))
            assert SECRET in text
            assert "From the day of making." in text
            assert name not in text
        record = Client().get(reverse("record", args=[stage.tender.reference]))
        told = b"".join(record.streaming_content).decode() if record.streaming else record.content.decode()
        assert SECRET in told
        assert name not in told

    def test_the_event_is_public_and_names_no_supplier(self, stage):
        answered(stage, asked(stage))
        event = Event.objects.get(verb="question.answered")
        assert event.audience == "public"
        assert event.organisations == [stage.officer.organisation_id]
        assert stage.suppliers[0].organisation_id not in event.organisations
        assert Event.objects.get(verb="question.asked").audience == "agency"

    def test_many_alike_are_answered_in_one_act_and_each_once(self, stage):
        first, second = asked(stage), asked(stage, "The same?", by=stage.suppliers[1])
        made = answered(stage, [*first, *second], question="From when does shelf life count?")
        assert {one.clarification for one in Question.objects.all()} == {made}
        assert made.question == "From when does shelf life count?"
        with pytest.raises(Conflict):
            answered(stage, second)

    def test_an_answer_that_names_who_asked_is_not_published(self, stage):
        name = stage.suppliers[0].organisation.name
        questions = asked(stage, f"We, {name}, ask: why?")
        with pytest.raises(Refused) as refusal:
            answered(stage, questions)
        assert refusal.value.faults[0].code == "names_who_asked"
        assert answered(stage, questions, question="Why?").question == "Why?"

    def test_only_an_approved_amendment_changes_terms(self, stage):
        questions = asked(stage)
        with clock_at(NOW):
            change = proposed_amendment(stage)
        with pytest.raises(Refused) as refusal:
            answered(stage, questions, amendment=change.number)
        assert refusal.value.code == "not_an_amendment"
        with pytest.raises(DatabaseError, match="approved amendment"), transaction.atomic():
            clarified_by_hand(stage, amendment=change)

    def test_an_answer_links_the_amendment_that_carries_it_out(self, stage):
        questions = asked(stage)
        change = amended(stage)
        made = answered(stage, questions, amendment=change.number)
        assert made.amendment == change
        assert "Carried out by notice 2" in text_of(Client().get(page(stage, "notice")))

    def test_opener_evaluator_and_other_agency_answer_nothing(self, stage):
        questions = asked(stage)
        for seat in (stage.suppliers[0], stage.holders[0].seat, stage.evaluators[0].seat):
            with pytest.raises((Denied, Refused)):
                answered(stage, questions, by=seat)

    def test_a_question_of_another_tender_is_unknown_and_the_database_holds_it(self, stage, world):
        other = published_tender(world, lots=("20.00",), suppliers=1)
        questions = asked(other)
        with pytest.raises(Refused) as refusal:
            answered(stage, questions)
        assert refusal.value.code == "unknown"
        made = answered(stage, asked(stage))
        with pytest.raises(DatabaseError, match="its own tender"), transaction.atomic():
            linked_by_hand(questions[0], made)

    def test_an_answer_stays(self, stage):
        made = answered(stage, asked(stage))
        with pytest.raises(DatabaseError), transaction.atomic():
            changed_by_hand(made)

    def test_everybody_is_told_alike(self, stage):
        questions = asked(stage)
        assert announce_questions(stage.tender.pk) >= 1
        assert announce_questions(stage.tender.pk) == 0
        made = answered(stage, questions)
        announce_clarification(made.pk)
        told = set(InboxMessage.objects.filter(about=f"clarification:{made.pk}").values_list("seat", flat=True))
        assert {seat.pk for seat in stage.suppliers} <= told


@action
def clarified_by_hand(stage, **facts):
    given = {"question": "x", "answer": "x", "published_at": NOW, "published_by": stage.officer}
    return Clarification.objects.create(tender=stage.tender, number=9, **given | facts)


@action
def linked_by_hand(question, clarification):
    Question.objects.filter(pk=question.pk).update(clarification=clarification)


@action
def changed_by_hand(made):
    Clarification.objects.filter(pk=made.pk).update(answer="Otherwise")


class TestWaiting:
    def test_unanswered_ones_are_a_task_before_the_deadline_and_after_it(self, stage):
        questions = asked(stage, "One?", "Two?")
        for now in (NOW, DEADLINE + timedelta(days=3)):
            (todo,) = todos(stage.officer, now)
            assert "2" in str(todo.what)
        assert todos(stage.suppliers[0], NOW) == []
        answered(stage, questions)
        assert todos(stage.officer, NOW) == []

    def test_the_page_costs_the_same_with_many(self, stage):
        def queries():
            client = signed_in(Client(), stage.officer)
            client.get(page(stage, "questions"))
            with CaptureQueriesContext(
                connection,
            ) as found:
                client.get(page(stage, "questions"))
            return len(found)

        answered(stage, asked(stage, "One?"))
        asked(stage, "Two?")
        few = queries()
        for _ten in range(10):
            answered(stage, asked(stage, "Again?"))
            asked(stage, "Waits?")
        assert queries() == few


class TestPagesAndPrograms:
    def test_a_supplier_pastes_two_and_an_officer_answers_what_is_ticked(self, stage):
        supplier, officer = signed_in(Client(), stage.suppliers[0]), signed_in(Client(), stage.officer)
        with clock_at(NOW):
            supplier.post(page(stage, "ask-questions"), {"texts": "One\nof two lines?\r\n\r\nTwo?"})
        one, two = Question.objects.order_by("pk")
        assert (one.text, two.text) == ("One\nof two lines?", "Two?")
        form = text_of(officer.get(page(stage, "answer-questions"), {"pick": [two.reference]}))
        assert f'value="{two.reference}"' in form
        sent = {"questions": [two.reference], "question": "Two?", "answer": "Two.", "amendment": ""}
        assert officer.post(page(stage, "answer-questions"), sent).status_code == 302
        assert list(Question.objects.waiting()) == [one]

    def test_a_draft_has_no_such_page(self, world):
        stage = draft_tender(world)
        assert signed_in(Client(), stage.officer).get(page(stage, "questions")).status_code == 404

    def test_programs_ask_read_and_answer(self, stage):
        root = f"/api/v1/tenders/{stage.tender.reference}/"
        supplier, other, officer = (program_of(seat) for seat in (*stage.suppliers, stage.officer))
        with clock_at(NOW):
            made = supplier.post(f"{root}ask-questions/", {"texts": ["One?"]})
        assert made.status_code == 201
        reference = made.json()[0]["reference"]
        assert other.get(f"{root}questions/").json()["results"] == []
        assert officer.get(f"{root}questions/").json()["results"][0]["answer"] is None
        told = officer.post(f"{root}answer-questions/", {"questions": [reference], "answer": "One."})
        assert told.status_code == 201, told.content
        (read,) = other.get(f"{root}clarifications/").json()["results"]
        assert (read["question"], read["answer"], read["amendment"]) == ("One?", "One.", None)
        assert supplier.get(f"{root}questions/").json()["results"][0]["answer"] == 1
        again = officer.post(f"{root}answer-questions/", {"questions": [reference], "answer": "Two."})
        assert (again.status_code, again.json()["code"]) == (409, "already_done")


def test_a_later_deadline_gives_more_time_for_questions(stage):
    before = questions_end(stage.tender)
    stage.tender.deadline += timedelta(days=7)
    assert questions_end(stage.tender) == before + timedelta(days=7)
    assert questions_end(fresh(stage.tender)) == before
