"""Endpoints for an opener's program: keys, releases, minutes. It makes, keeps and uses the keys; here come proofs."""

from typing import Any

from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.permissions import Permission
from core.api import Act, ReasonSerializer, Setting
from core.api.schema import READ_ERRORS
from sealing.canonical import canonical_json
from tenders.actions import keys as actions
from tenders.actions import opening
from tenders.api.openings import OfAnOpening
from tenders.api.tenders import OfATender
from tenders.keylist import current_openers, fingerprint, key_list_of
from tenders.models import Opener, Tender
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


class OfAPlace(OfATender):
    """Of the place that the seat holds among the openers."""

    serializer_class = OpenerSerializer

    def load(self, reference: str) -> Opener:
        openers = super().load(reference).openers.filter(replaced_at=None)
        return self.one(openers.select_related("tender", "seat__person", "seat__organisation"), seat=self.seat)


class Key(OfAPlace, Setting):
    """Register the public keys of the seat's place, made by the opener's own program."""

    permissions = {"PUT": OPEN}
    takes = RegisterKeySerializer

    def act(self, opener: Opener, asked: Any) -> Opener:
        actions.register_key(opener=opener, **asked.validated_data, **self.by)
        return opener


class Challenge(OfAPlace, Act):
    """Ask for a canary sealed to the registered key, and for the key list as it is now."""

    permissions = {"POST": OPEN}
    gives, status = ChallengeSerializer, 201

    def act(self, opener: Opener, asked: Any) -> dict[str, Any]:
        canary = actions.issue_canary(opener=opener, **self.by)
        openers = current_openers(opener.tender)
        complete = bool(fingerprint(opener.tender, openers))
        return {
            "document": canary.document.decode(),
            "seal": canary.seal.hex(),
            "server": server_public(),
            "key_list": canonical_json(key_list_of(opener.tender, openers)).decode() if complete else "",
        }


class ProveKey(OfAPlace, Act):
    """Answer the canary and sign the key list."""

    permissions = {"POST": OPEN}
    takes = ProveKeySerializer

    def act(self, opener: Opener, asked: Any) -> Opener:
        actions.prove_key(opener=opener, **asked.validated_data, **self.by)
        return opener


class Package(OfAPlace):
    permissions = {"GET": OPEN}

    @extend_schema(responses={200: OpenApiTypes.OBJECT, **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """What waits for the seat's key: requests with its own seals, and minutes to sign. Format opener-package/2."""
        return Response(opener_package(self.load(reference)), headers={"Cache-Control": "no-store"})


@method_decorator(sensitive_variables(), "do")
class Releases(OfAnOpening, Act):
    """Release the seat's shares: signed by its key, unlocked by its own program."""

    permissions = {"POST": OPEN}
    fresh = ("POST",)
    takes, status = ReleaseSerializer, 201

    @sensitive_variables()
    def act(self, tender: Tender, asked: Any) -> None:
        opening.release_shares(tender=tender, answers=asked.answers, **self.by)


class SignedMinutes(OfAnOpening, Act):
    """Sign minutes of the opening with the key of the seat's place."""

    permissions = {"POST": OPEN}
    takes, status = SignMinutesSerializer, 201

    def act(self, tender: Tender, asked: Any) -> None:
        opening.sign_minutes(tender=tender, documents=asked.validated_data["minutes"], **self.by)


class Loss(OfAPlace, Act):
    """Declare the seat's key of a published tender lost, for good."""

    permissions = {"POST": OPEN}
    fresh = ("POST",)
    takes, status = ReasonSerializer, 201

    def act(self, opener: Opener, asked: Any) -> Opener:
        actions.declare_key_lost(opener=opener, **asked.validated_data, **self.by)
        return opener


class Destruction(OfAPlace, Act):
    """State that every copy of the seat's key is destroyed."""

    permissions = {"POST": OPEN}
    takes, status = DestructionSerializer, 201

    def act(self, opener: Opener, asked: Any) -> Opener:
        opening.declare_key_destroyed(tender=opener.tender, **asked.validated_data, **self.by)
        return opener


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
