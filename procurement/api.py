"""Endpoints of acts of the whole."""

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.models import Filing
from accounts.permissions import Permission
from accounts.serializers import FilingSerializer
from procurement import actions, shell


class PassingSerializer(serializers.Serializer):
    """So many of what, in words; ``stays`` says what becomes of what does not pass."""

    label = serializers.CharField()
    count = serializers.IntegerField()
    note = serializers.CharField(allow_blank=True)
    stays = serializers.CharField(allow_blank=True)
    held = serializers.BooleanField(help_text="Whether it must be gone before an organisation is closed.")


class ConfirmFiling(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.MANAGE_ORGANISATIONS,)}
    fresh = ("POST",)

    @extend_schema(request=None, responses={200: FilingSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Make true what another person has filed of an organisation, in every room at once."""
        seat = seat_of(request)
        filing = get_object_or_404(Filing.objects.visible_to(seat), reference=reference)
        return Response(FilingSerializer(actions.confirm_filing(filing=filing, by=seat, now=timezone.now())).data)


class FilingPreview(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.MANAGE_ORGANISATIONS, Permission.READ_TRAIL)}

    @extend_schema(responses={200: PassingSerializer(many=True), **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """What is open of the organisation, and passes or stays once the filing is confirmed."""
        filing = get_object_or_404(Filing.objects.visible_to(seat_of(request)), reference=reference)
        found = shell.passing(filing.organisation, timezone.now())
        return Response(PassingSerializer(found, many=True).data)


urlpatterns = [
    path("filings/<str:reference>/preview/", FilingPreview.as_view(), name="api-filing-preview"),
    path("filings/<str:reference>/confirm/", ConfirmFiling.as_view(), name="api-confirm-filing"),
]
