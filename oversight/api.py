"""Endpoint of the trail's heads, open to the world."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny

from accounts.access import public
from oversight.models import TrailHead
from oversight.serializers import HeadSerializer


@extend_schema(responses={200: HeadSerializer(many=True)})
class TrailHeads(ListAPIView):
    """Signed heads of the trail, the latest first. Keep what you read: it holds the platform to its past."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    queryset = TrailHead.objects.all()
    serializer_class = HeadSerializer


urlpatterns = [path("trail/heads/", public(TrailHeads.as_view()), name="api-trail-heads")]
