"""Endpoints for an opener's program: keys, releases, minutes. It makes, keeps and uses the keys; here come proofs."""

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.permissions import Permission
from accounts.serializers import ReasonSerializer
from sealing.canonical import canonical_json
from tenders.actions import keys as actions
from tenders.actions import opening
from tenders.api.openings import opening_of
from tenders.api.tenders import checked, tender_of
from tenders.keylist import current_openers, fingerprint, key_list_of
from tenders.models import Opener
from tenders.presentation.package import opener_package
from tenders.serializers.keys import (
    ChallengeSerializer,
    DestructionSerializer,
    OpenerSerializer,
    ProveKeySerializer,
    RegisterKeySerializer,
    ReleaseSerializer,
    SignMinutesSerializer,
)
from tenders.signing import server_public

OPEN = (Permission.OPEN_ENVELOPES,)


def own_place(request: Request, reference: str) -> Opener:
    openers = tender_of(request, reference).openers.filter(replaced_at=None)
    named = openers.select_related("tender", "seat__person", "seat__organisation")
    return get_object_or_404(named, seat=seat_of(request))


class Key(APIView):
    permission_classes = (SeatMay,)
    permissions = {"PUT": OPEN}

    @extend_schema(request=RegisterKeySerializer, responses={200: OpenerSerializer, **WRITE_ERRORS})
    def put(self, request: Request, reference: str) -> Response:
        """Register the public keys of the seat's place, made by the opener's own program."""
        opener = own_place(request, reference)
        given = checked(RegisterKeySerializer, request).validated_data
        actions.register_key(opener=opener, **given, by=seat_of(request), now=timezone.now())
        return Response(OpenerSerializer(opener).data)


class Challenge(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": OPEN}

    @extend_schema(request=None, responses={201: ChallengeSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Ask for a canary sealed to the registered key, and for the key list as it is now."""
        opener = own_place(request, reference)
        canary = actions.issue_canary(opener=opener, by=seat_of(request), now=timezone.now())
        openers = current_openers(opener.tender)
        complete = bool(fingerprint(opener.tender, openers))
        body = {
            "document": canary.document.decode(),
            "seal": canary.seal.hex(),
            "server": server_public(),
            "key_list": canonical_json(key_list_of(opener.tender, openers)).decode() if complete else "",
        }
        return Response(ChallengeSerializer(body).data, status=201)


class ProveKey(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": OPEN}

    @extend_schema(request=ProveKeySerializer, responses={200: OpenerSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Answer the canary and sign the key list."""
        opener = own_place(request, reference)
        given = checked(ProveKeySerializer, request).validated_data
        actions.prove_key(opener=opener, **given, by=seat_of(request), now=timezone.now())
        return Response(OpenerSerializer(opener).data)


class Package(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": OPEN}

    @extend_schema(responses={200: OpenApiTypes.OBJECT, **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """What waits for the seat's key: requests with its own seals, and minutes to sign. Format opener-package/2."""
        package = opener_package(own_place(request, reference))
        return Response(package, headers={"Cache-Control": "no-store"})


class Releases(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": OPEN}
    fresh = ("POST",)

    @extend_schema(request=ReleaseSerializer, responses={201: OpenApiTypes.OBJECT, **WRITE_ERRORS})
    @sensitive_variables()
    def post(self, request: Request, reference: str) -> Response:
        """Release the seat's shares: signed by its key, unlocked by its own program."""
        tender = tender_of(request, reference)
        answers = checked(ReleaseSerializer, request).answers
        opening.release_shares(tender=tender, answers=answers, by=seat_of(request), now=timezone.now())
        return opening_of(tender, 201)


class SignedMinutes(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": OPEN}

    @extend_schema(request=SignMinutesSerializer, responses={201: OpenApiTypes.OBJECT, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Sign minutes of the opening with the key of the seat's place."""
        tender = tender_of(request, reference)
        documents = checked(SignMinutesSerializer, request).validated_data["minutes"]
        opening.sign_minutes(tender=tender, documents=documents, by=seat_of(request), now=timezone.now())
        return opening_of(tender, 201)


class Loss(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": OPEN}
    fresh = ("POST",)

    @extend_schema(request=ReasonSerializer, responses={201: OpenerSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Declare the seat's key of a published tender lost, for good."""
        opener, given = own_place(request, reference), checked(ReasonSerializer, request).validated_data
        actions.declare_key_lost(opener=opener, **given, by=seat_of(request), now=timezone.now())
        return Response(OpenerSerializer(opener).data, status=201)


class Destruction(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": OPEN}

    @extend_schema(request=DestructionSerializer, responses={201: OpenerSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """State that every copy of the seat's key is destroyed."""
        opener = own_place(request, reference)
        given = checked(DestructionSerializer, request).validated_data
        opening.declare_key_destroyed(tender=opener.tender, **given, by=seat_of(request), now=timezone.now())
        return Response(OpenerSerializer(opener).data, status=201)


urlpatterns = [
    path("tenders/<str:reference>/key/", Key.as_view(), name="api-make-key"),
    path("tenders/<str:reference>/key/challenge/", Challenge.as_view(), name="api-challenge"),
    path("tenders/<str:reference>/key/prove/", ProveKey.as_view(), name="api-prove-key"),
    path("tenders/<str:reference>/key/loss/", Loss.as_view(), name="api-lose-key"),
    path("tenders/<str:reference>/key/destruction/", Destruction.as_view(), name="api-destroy-key"),
    path("tenders/<str:reference>/opener-package/", Package.as_view(), name="api-opener-package"),
    path("tenders/<str:reference>/releases/", Releases.as_view(), name="api-release-shares"),
    path("tenders/<str:reference>/minutes/", SignedMinutes.as_view(), name="api-sign-minutes"),
]
