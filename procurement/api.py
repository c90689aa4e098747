"""Endpoints of acts of the whole."""

from typing import Any

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from accounts.api.filings import REGISTER, WATCH, OfAFiling
from accounts.models import Filing
from accounts.permissions import Permission
from core.api import Act, Reading
from core.paging import read_place, sealed_place
from core.trail import tip
from procurement import actions, changes, shell


class PassingSerializer(serializers.Serializer):
    """So many of what, in words; ``stays`` says what becomes of what does not pass."""

    label = serializers.CharField()
    count = serializers.IntegerField()
    note = serializers.CharField(allow_blank=True)
    stays = serializers.CharField(allow_blank=True)
    held = serializers.BooleanField(help_text="Whether it must be gone before an organisation is closed.")


class FilingPreview(OfAFiling, Reading):
    """What is open of the organisation, and passes or stays once the filing is confirmed."""

    permissions = {"GET": WATCH}
    serializer_class = PassingSerializer
    many = True

    def shape(self, found: Any) -> Any:
        passing = shell.passing(self.load(**self.kwargs).organisation, timezone.now())
        return PassingSerializer(passing, many=True).data


class ToldChangeSerializer(serializers.Serializer):
    """That something happened to a document. What it is now is read at ``address``."""

    change = serializers.CharField(help_text="What happened, such as delivery.reversed.")
    kind = serializers.ChoiceField([kind.name for kind in changes.KINDS.values()], help_text="Of the document.")
    reference = serializers.CharField()
    address = serializers.CharField(help_text="Where it is read, below the platform's own address.")
    at = serializers.DateTimeField()
    delivery = serializers.CharField(allow_null=True, help_text="The delivery of the order that it is about.")
    line = serializers.IntegerField(allow_null=True, help_text="The line that it is about.")
    own_number = serializers.CharField(allow_null=True, help_text="Of the order, as its hospital's system calls it.")
    delivery_own_number = serializers.CharField(allow_null=True, help_text="As its deliverer's system calls it.")


class ChangeFeedSerializer(serializers.Serializer):
    changes = ToldChangeSerializer(many=True)
    cursor = serializers.CharField(help_text="Keep it, and send it with the next request.")
    complete = serializers.BooleanField(help_text="Nothing else has happened until now; else ask again at once.")


class ChangeFeed(Reading):
    """What has happened to the documents that the seat may read, in an order in which nothing is missed: also what
    was committed late comes after whatever was told before it. Without a cursor it begins with the first day."""

    permissions = {"GET": (Permission.READ_CATALOGUE,)}
    serializer_class = ChangeFeedSerializer
    asks = {"cursor": "As the answer before gave it.", "from": "`now`: only what happens from now on."}

    def shape(self, found: Any) -> Any:
        page = changes.changes_after(self._place(), self.seat)
        cursor = sealed_place([page.place], self.request.path)
        told = {"changes": page.changes, "cursor": cursor, "complete": page.complete}
        return super().shape(told)

    def _place(self) -> int:
        asked = self.request.query_params
        if "from" in asked and (asked["from"] != "now" or "cursor" in asked):
            raise ValidationError({"from": [_("Send now, and no cursor.")]})
        if "from" in asked:
            return tip().number
        return read_place(asked["cursor"], self.request.path)[0] if "cursor" in asked else 0


class ConfirmFiling(OfAFiling, Act):
    """Make true what another person has filed of an organisation, in every room at once."""

    permissions = {"POST": REGISTER}
    fresh = ("POST",)

    def act(self, filing: Filing, asked: Any) -> Filing:
        return actions.confirm_filing(filing=filing, **self.by)


urlpatterns = [
    path("changes/", ChangeFeed.as_view(), name="api-feed"),
    path("filings/<str:reference>/preview/", FilingPreview.as_view(), name="api-filing-preview"),
    path("filings/<str:reference>/confirm/", ConfirmFiling.as_view(), name="api-confirm-filing"),
]
