"""Shapes of the API about questions and answers."""

from rest_framework import serializers

from core.api import StrictSerializer
from tenders.actions.questions import MOST_AT_ONCE, MOST_CHARACTERS
from tenders.models import Clarification, Question


class ClarificationSerializer(serializers.ModelSerializer):
    """An answer as everybody reads it; ``amendment`` is the number of the change that carries it out."""

    amendment = serializers.IntegerField(source="amendment.number", allow_null=True, default=None)

    class Meta:
        model = Clarification
        fields = ("number", "question", "answer", "amendment", "published_at")


class QuestionSerializer(serializers.ModelSerializer):
    """A question as who asked and who answers read it; ``answer`` is the number of its answer, null while it waits."""

    tender = serializers.CharField(source="tender.reference")
    supplier = serializers.CharField(source="supplier.name")
    answer = serializers.IntegerField(source="clarification.number", allow_null=True, default=None)

    class Meta:
        model = Question
        fields = ("reference", "tender", "supplier", "text", "asked_at", "answer")


class AskQuestionsSerializer(StrictSerializer):
    texts = serializers.ListField(
        child=serializers.CharField(max_length=MOST_CHARACTERS), max_length=MOST_AT_ONCE, help_text="One a question."
    )


class AnswerQuestionsSerializer(StrictSerializer):
    questions = serializers.ListField(
        child=serializers.CharField(), help_text="References of questions that are alike."
    )
    question = serializers.CharField(
        max_length=MOST_CHARACTERS, required=False, help_text="As it is published; else the first one's own words."
    )
    answer = serializers.CharField(max_length=MOST_CHARACTERS)
    amendment = serializers.IntegerField(
        required=False, allow_null=True, help_text="Number of the approved amendment, where the answer changes terms."
    )
