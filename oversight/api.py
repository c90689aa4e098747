"""Endpoint of the trail's heads, open to the world."""

from django.db.models import QuerySet
from django.urls import path
from rest_framework.permissions import AllowAny

from accounts.access import public
from core.api import Listing
from oversight.models import TrailHead
from oversight.serializers import HeadSerializer


class TrailHeads(Listing):
    """Signed heads of the trail, the latest first. Keep what you read: it holds the platform to its past."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    model = TrailHead
    serializer_class = HeadSerializer

    def rows(self) -> QuerySet[TrailHead]:
        return TrailHead.objects.all()


urlpatterns = [path("trail/heads/", public(TrailHeads.as_view()), name="api-trail-heads")]
