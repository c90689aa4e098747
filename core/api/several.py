"""One act on several things in one request, each by itself and each with its own answer.

class ConfirmOrders(Several):
    \"\"\"Promise several orders, each as a whole or by line.\"\"\"

    permissions = ConfirmOrder.permissions
    one, takes, gives = ConfirmOrder, *rows_of(ConfirmOrder)
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import transaction
from rest_framework import serializers

from core.actions import busy_is_conflict
from core.api.answers import answer_exception
from core.api.shapes import ErrorSerializer, StrictSerializer
from core.api.views import Act

MOST = 100  # things of one request


class _RowsSerializer(StrictSerializer):
    """Only that there are rows: each is read when its turn comes, and told by itself what is wrong with it."""

    rows = serializers.ListField(child=serializers.DictField(), allow_empty=False, max_length=MOST)


def rows_of(one: type[Act], *, named: bool = True) -> tuple[type[StrictSerializer], type[serializers.Serializer]]:
    """The shapes of what several take and give, made of those of one: a row says what one takes, and which thing it is
    about where that is ``named``."""
    name = one.__name__
    reference = {"reference": serializers.CharField(max_length=60, help_text="Of the thing.")} if named else {}
    row: Any = type(f"{name}RowSerializer", (one.takes,), {**reference, "__doc__": one.takes.__doc__})
    rows = row(many=True, allow_empty=False, max_length=MOST)
    takes = type(f"{name}RowsSerializer", (StrictSerializer,), {"rows": rows})
    shape: Any = one.gives or one.serializer_class
    answered = {
        "row": serializers.IntegerField(help_text="Its place in what was sent, from 1."),
        "status": serializers.IntegerField(help_text="As if it had been sent alone."),
        "reference": serializers.CharField(allow_null=True, help_text="As the row was sent with it."),
        "own_number": serializers.CharField(allow_null=True, help_text="As the row was sent with it."),
        "answer": shape(allow_null=True, help_text="What it would be told alone, where it was done."),
        "error": ErrorSerializer(allow_null=True, help_text="Why it was not done."),
    }
    result: Any = type(f"{name}ResultSerializer", (serializers.Serializer,), answered)
    counted = {
        "done": serializers.IntegerField(),
        "not_done": serializers.IntegerField(),
        "results": result(many=True),
    }
    return takes, type(f"{name}ResultsSerializer", (serializers.Serializer,), counted)


class Several(Act):
    """POST: ``one`` act on each of several things. A row that is refused leaves the others as they are."""

    one: ClassVar[type[Act]]

    def done(self, where: Mapping[str, Any]) -> tuple[int, Any]:
        rows = self.given(_RowsSerializer).validated_data["rows"]
        told: dict[int, Any] = {}
        # In the order of their references, so that two requests never wait for each other in a circle.
        for number, row in sorted(enumerate(rows, start=1), key=lambda pair: str(pair[1].get("reference", ""))):
            told[number] = self._told(number, row)
        results = [told[number] for number in sorted(told)]
        done = sum(one["error"] is None for one in results)
        return self.status, {"done": done, "not_done": len(results) - done, "results": results}

    def _told(self, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
        view = self.one()
        view.request, view.kwargs = self.request, {}
        try:
            with busy_is_conflict(), transaction.atomic():
                status, answer, error = view.status, self._answer(view, row), None
        except Exception as refusal:
            refused = answer_exception(refusal, {"view": view})
            if refused is None:
                raise
            status, answer, error = refused.status_code, None, refused.data
        named = {name: row[name] if isinstance(row.get(name), str) else None for name in ("reference", "own_number")}
        return {"row": number, "status": status, **named, "answer": answer, "error": error}

    def _answer(self, view: Act, row: Mapping[str, Any]) -> Any:
        shape = type(self).takes().fields["rows"].child
        asked = type(shape)(data=row)
        asked.is_valid(raise_exception=True)
        if "reference" in asked.fields:
            view.kwargs = {"reference": asked.validated_data.pop("reference")}
        return view.tell(view.act(view.load(**view.kwargs), asked))
