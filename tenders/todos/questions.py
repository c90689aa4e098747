"""Questions of suppliers that wait for an answer. They stop nothing, and so they stay here until they are answered."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import Seat
from accounts.permissions import Permission
from core.shell import NavEntry, Related, Todo
from tenders.models import Question, Tender


def nav(seat: Seat) -> list[NavEntry]:
    return []


def related(reference: str, seat: Seat) -> list[Related]:
    return []


def todos(seat: Seat, now: datetime) -> list[Todo]:
    return list(_questions_to_answer(seat)) if seat.may(Permission.PUBLISH_TENDER) else []


def _questions_to_answer(seat: Seat) -> Iterator[Todo]:
    """A line a tender; after the deadline too, because every question gets an answer."""
    waiting = Question.objects.visible_to(seat).waiting().filter(tender__status=Tender.Status.PUBLISHED)
    tenders = waiting.order_by("tender__deadline").values("tender__reference", "tender__title", "tender__deadline")
    for row in tenders.annotate(count=Count("pk"), since=Min("asked_at")):
        yield Todo(
            what=ngettext("Answer %(n)s question", "Answer %(n)s questions", row["count"]) % {"n": row["count"]},
            where=f"{row['tender__reference']} {row['tender__title']}",
            url=reverse("tenders:questions", args=[row["tender__reference"]]),
            action=ngettext("Answer it", "Answer them", row["count"]),
            until_at=row["tender__deadline"],
            since=row["since"],
        )
