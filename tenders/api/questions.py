"""Endpoints of questions about a tender and of their answers."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path

from accounts.permissions import Permission
from core.api import Act, ReadingMany
from tenders.actions import questions as actions
from tenders.api.tenders import PUBLISH, READ, OfATender
from tenders.models import Clarification, Question, Tender
from tenders.presentation.questions import clarifications_of
from tenders.serializers.questions import (
    AnswerQuestionsSerializer,
    AskQuestionsSerializer,
    ClarificationSerializer,
    QuestionSerializer,
)

ASK = (Permission.BID,)
READS_QUESTIONS = (Permission.BID, Permission.PUBLISH_TENDER, Permission.READ_TRAIL)


class Clarifications(OfATender, ReadingMany):
    """The published answers about a tender, in the order in which they came."""

    model = Clarification
    permissions = {"GET": READ}
    serializer_class = ClarificationSerializer
    filter_backends = ()

    def rows(self) -> QuerySet[Clarification]:
        return clarifications_of(self.load(self.kwargs["reference"]))


class Questions(OfATender, ReadingMany):
    """One's own questions about a tender; for the agency all of them, with who asked."""

    model = Question
    permissions = {"GET": READS_QUESTIONS}
    serializer_class = QuestionSerializer
    filter_backends = ()

    def rows(self) -> QuerySet[Question]:
        mine = Question.objects.visible_to(self.seat).filter(tender=self.load(self.kwargs["reference"]))
        return mine.select_related("tender", "supplier", "clarification").order_by("pk")


class AskQuestions(OfATender, Act):
    """Ask about a published tender, several questions at once. The row of a fault is the place of its question."""

    permissions = {"POST": ASK}
    takes, status = AskQuestionsSerializer, 201

    def act(self, tender: Tender, asked: Any) -> list[Question]:
        return actions.ask_questions(tender=tender, **asked.validated_data, **self.by)

    def tell(self, done: list[Question]) -> Any:
        return QuestionSerializer(done, many=True).data


class AnswerQuestions(OfATender, Act):
    """Answer questions that are alike, once and to everybody."""

    permissions = {"POST": PUBLISH}
    takes, gives, status = AnswerQuestionsSerializer, ClarificationSerializer, 201

    def act(self, tender: Tender, asked: Any) -> Clarification:
        return actions.answer_questions(tender=tender, **asked.validated_data, **self.by)


urlpatterns = [
    path("tenders/<str:reference>/clarifications/", Clarifications.as_view(), name="api-clarifications"),
    path("tenders/<str:reference>/questions/", Questions.as_view(), name="api-questions"),
    path("tenders/<str:reference>/ask-questions/", AskQuestions.as_view(), name="api-ask-questions"),
    path("tenders/<str:reference>/answer-questions/", AnswerQuestions.as_view(), name="api-answer-questions"),
]
