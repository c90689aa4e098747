"""Endpoints of acts of the whole."""

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.models import Filing
from accounts.permissions import Permission
from accounts.serializers import FilingSerializer
from procurement import actions


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


urlpatterns = [path("filings/<str:reference>/confirm/", ConfirmFiling.as_view(), name="api-confirm-filing")]
