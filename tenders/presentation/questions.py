"""What pages show of questions and answers."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from accounts.models import Seat
from accounts.permissions import Permission
from core.tables import Column, Empty, Table
from tenders.actions.questions import questions_end, takes_questions
from tenders.models import Clarification, Question, Tender


class QuestionTable(Table):
    """Questions that wait, as their supplier, the agency or an auditor sees them."""

    name = "questions"
    caption = gettext_lazy("Questions that wait for an answer")
    key = "pk"
    default_sort = "asked"
    columns = (
        Column("reference", gettext_lazy("Question"), kind="reference"),
        Column("text", gettext_lazy("Text"), kind="prose"),
        Column("supplier", gettext_lazy("Supplier"), value="supplier.name", sort="supplier__name"),
        Column("asked", gettext_lazy("Asked"), value="asked_at", kind="instant", sort="asked_at"),
    )
    empty = Empty(
        gettext_lazy("No question waits"),
        gettext_lazy("Suppliers ask until the day that the notice names. Each answer is read by everybody."),
    )


class AnsweringTable(QuestionTable):
    """The same for who answers, several at once."""

    pick = "reference"


def waiting_table(tender: Tender, seat: Seat) -> tuple[type[Table], QuerySet[Question]]:
    """The list of questions that wait for an answer, and its rows."""
    rows = Question.objects.visible_to(seat).waiting().filter(tender=tender).select_related("supplier")
    return (AnsweringTable if answers(tender, seat) else QuestionTable), rows


def answers(tender: Tender, seat: Seat) -> bool:
    """Whether the seat answers questions about the tender now."""
    own = seat.organisation_id == tender.agency_id and seat.may(Permission.PUBLISH_TENDER)
    return own and tender.status == Tender.Status.PUBLISHED


def clarifications_of(tender: Tender) -> QuerySet[Clarification]:
    """The published answers, with the notice that each amendment made."""
    return tender.clarifications.select_related("amendment__notice").order_by("number")


def questions_context(tender: Tender, seat: Seat, now: datetime) -> dict[str, Any]:
    """What the page of questions has beside the list of those that wait."""
    return {
        "tender": tender,
        "now": now,
        "until": questions_end(tender),
        "clarifications": clarifications_of(tender),
        "asks": seat.may(Permission.BID) and takes_questions(tender, now),
        "answers": answers(tender, seat),
        "reads_waiting": seat.may(Permission.BID) or answers(tender, seat) or seat.reads_the_trail,
    }
