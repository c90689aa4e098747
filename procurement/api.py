"""Endpoints of acts of the whole."""

from typing import Any

from django.urls import path
from django.utils import timezone
from rest_framework import serializers

from accounts.api.filings import REGISTER, WATCH, OfAFiling
from accounts.models import Filing
from core.api import Act, Reading
from procurement import actions, shell


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


class ConfirmFiling(OfAFiling, Act):
    """Make true what another person has filed of an organisation, in every room at once."""

    permissions = {"POST": REGISTER}
    fresh = ("POST",)

    def act(self, filing: Filing, asked: Any) -> Filing:
        return actions.confirm_filing(filing=filing, **self.by)


urlpatterns = [
    path("filings/<str:reference>/preview/", FilingPreview.as_view(), name="api-filing-preview"),
    path("filings/<str:reference>/confirm/", ConfirmFiling.as_view(), name="api-confirm-filing"),
]
