"""Questions of suppliers until a day, and answers that everybody reads.

A question is asked by name, and published without it. Unanswered ones wait among the agency's tasks and stop nothing.
An answer that changes the terms names the approved amendment that carries it out: an answer alone changes nothing.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.clock import zone
from core.errors import Conflict, Fault, Refused
from core.events import record
from core.models import Event
from core.outbox import queue
from tenders.actions.preparation import lock_tender
from tenders.duties import permit
from tenders.models import Change, Clarification, Question, Tender, Verb, question_reference
from tenders.rules.questions import questions_until

MOST_CHARACTERS = 2000
MOST_AT_ONCE = 50
MOST_WAITING = 100  # of one supplier in one tender


def questions_end(tender: Tender) -> datetime | None:
    """Until when questions about a tender may be asked; None before it is published."""
    if tender.published_at is None or tender.deadline is None:
        return None
    return questions_until(tender.published_at, tender.deadline, zone())


def takes_questions(tender: Tender, now: datetime) -> bool:
    """Whether a question asked at ``now`` is in time."""
    until = questions_end(tender)
    return until is not None and tender.open_for_bids(now) and now < until


@action
def ask_questions(*, tender: Tender, texts: Sequence[str], by: Seat, now: datetime) -> list[Question]:
    """Ask, as a supplier, about a published tender: all of these questions or none. The row of a fault is its place."""
    require(by, Permission.BID)
    if not takes_questions(tender, now):
        raise Refused(_("The time for questions is over."), code="closed")
    texts = [text.strip() for text in texts]
    _check_questions(texts)
    waiting = Question.objects.waiting().filter(tender=tender, supplier=by.organisation_id).count()
    if waiting + len(texts) > MOST_WAITING:
        raise Refused(
            _("At most %(most)d of your questions wait for an answer. Wait for some.") % {"most": MOST_WAITING},
            field="texts",
            code="out_of_range",
        )
    asked = [
        Question(
            reference=question_reference(),
            tender=tender,
            supplier=by.organisation,
            text=text,
            asked_at=now,
            asked_by=by,
        )
        for text in texts
    ]
    Question.objects.bulk_create(asked)
    record(Verb.QUESTIONS_ASKED, tender.reference, by=by, now=now, count=len(asked))
    queue("tenders.tasks.announce_questions", tender.pk, now=now)
    return asked


@action
def answer_questions(
    *,
    tender: Tender,
    questions: Sequence[str],
    answer: str,
    question: str = "",
    amendment: int | None = None,
    by: Seat,
    now: datetime,
) -> Clarification:
    """Answer questions that are alike, by their references, once and to everybody.

    ``question`` is how it is published; empty, the first one's own words. ``amendment`` is the number of the approved
    change of the notice that carries out what the answer changes. Refused where the words name who asked; Conflict
    where one of them was answered meanwhile.
    """
    permit(tender, by, Permission.PUBLISH_TENDER)
    tender = lock_tender(tender)
    if tender.status != Tender.Status.PUBLISHED:
        raise Refused(_("Only questions about a published tender are answered."), code="not_now")
    asked = _waiting(tender, questions)
    question, answer = question.strip() or asked[0].text, answer.strip()
    _check_answer(asked, question, answer)
    clarification = Clarification.objects.create(
        tender=tender,
        number=tender.clarifications.count() + 1,
        question=question,
        answer=answer,
        amendment=_amendment(tender, amendment),
        published_at=now,
        published_by=by,
    )
    Question.objects.filter(pk__in=[one.pk for one in asked]).update(clarification=clarification)
    record(
        Verb.QUESTIONS_ANSWERED,
        tender.reference,
        by=by,
        now=now,
        audience=Event.Audience.PUBLIC,
        number=clarification.number,
    )
    queue("tenders.tasks.announce_clarification", clarification.pk, now=now)
    return clarification


def _check_questions(texts: Sequence[str]) -> None:
    if not texts:
        raise Refused(_("Write at least one question."), field="texts", code="required")
    if len(texts) > MOST_AT_ONCE:
        raise Refused(
            _("Ask at most %(most)d questions at once.") % {"most": MOST_AT_ONCE}, field="texts", code="out_of_range"
        )
    faults = [fault for row, text in enumerate(texts, start=1) if (fault := _fault(text, "texts", row))]
    if faults:
        raise Refused(_("Nothing was asked: some questions are empty or too long."), faults=faults)


def _fault(text: str, field: str, row: int | None = None) -> Fault | None:
    if not text:
        return Fault(_("Write what everybody is to read."), field, row, "required")
    if len(text) > MOST_CHARACTERS:
        return Fault(_("Write at most %(most)d characters.") % {"most": MOST_CHARACTERS}, field, row, "max_length")
    return None


def _waiting(tender: Tender, references: Sequence[str]) -> list[Question]:
    """The questions as they are now, held until commit, in the order in which they were asked."""
    if not references:
        raise Refused(_("Choose the questions that you answer."), field="questions", code="required")
    rows = Question.objects.select_for_update(of=("self",), no_key=True).select_related("supplier")
    found = list(rows.filter(tender=tender, reference__in=references).order_by("pk"))
    if unknown := sorted({*references} - {one.reference for one in found}):
        raise Refused(
            _("There is no such question: %(references)s.") % {"references": ", ".join(unknown)},
            field="questions",
            code="unknown",
        )
    if any(one.clarification_id for one in found):
        raise Conflict(_("One of these questions was answered meanwhile. Reload the page."), code="already_done")
    return found


def _check_answer(asked: Sequence[Question], question: str, answer: str) -> None:
    faults = [fault for field, text in (("question", question), ("answer", answer)) if (fault := _fault(text, field))]
    names = {name for one in asked for name in (one.supplier.name, one.supplier.credit_code)}
    for field, text in (("question", question), ("answer", answer)):
        if any(name in text for name in names):
            words = _("This names who asked. Write it so that nobody learns that.")
            faults.append(Fault(words, field, code="names_who_asked"))
    if faults:
        raise Refused(_("The answer was not published."), faults=faults)


def _amendment(tender: Tender, number: int | None) -> Change | None:
    if number is None:
        return None
    made = tender.changes.approved().filter(kind=Change.Kind.AMENDMENT, number=number).first()
    if made is None:
        raise Refused(
            _("Choose an amendment that was approved. Terms change by an amendment, never by an answer alone."),
            field="amendment",
            code="not_an_amendment",
        )
    return made
