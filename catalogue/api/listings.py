"""Endpoints of listings, and of whom hospitals are committed to buy."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import path

from accounts.models import Seat
from accounts.permissions import Permission
from catalogue import actions, models
from catalogue.api.access import READ
from catalogue.serializers.listings import (
    AnswerListingSerializer,
    AppliedSerializer,
    ApplySerializer,
    EndSingleSourceSerializer,
    ListingSerializer,
    RecordSingleSourceSerializer,
    ReviewListingSerializer,
    SingleSourceSerializer,
)
from core.api import Act, Endpoint, NothingSerializer, Reading, ReadingMany, ReasonSerializer


def listings_of(seat: Seat) -> QuerySet[models.Listing]:
    return models.Listing.objects.visible_to(seat).for_list().prefetch_related("steps")


class Listings(ReadingMany, Act):
    """Listings and, for their parties, applications, the latest first; a supplier applies for several at once."""

    model = models.Listing
    permissions = {**READ, "POST": (Permission.APPLY_FOR_LISTING,)}
    serializer_class = ListingSerializer
    filterset_fields = ("status", "basis", "region", "product__reference", "supplier__credit_code")
    takes, gives, status = ApplySerializer, AppliedSerializer, 201

    def rows(self) -> QuerySet[models.Listing]:
        return listings_of(self.seat).order_by("-pk")

    def act(self, thing: None, asked: Any) -> dict[str, Any]:
        """Apply for the listing of products: one application a product and region, all or none."""
        made = actions.apply_for_listing(applications=asked.asked, **self.by)
        return {"listings": listings_of(self.seat).filter(pk__in=[one.pk for one in made]).order_by("pk")}


class OfAListing(Endpoint):
    """Of the listing at the address; answers with it as it is then."""

    serializer_class = ListingSerializer

    def load(self, reference: str) -> models.Listing:
        return self.one(listings_of(self.seat), reference=reference)


class OneListing(OfAListing, Reading):
    """One listing with its history."""

    permissions = READ


class Decide(OfAListing, Act):
    """An act on a listing that takes nothing but its reason."""

    takes: ClassVar[Any] = ReasonSerializer
    fresh = ("POST",)
    decides: ClassVar[Callable[..., models.Listing]]

    def act(self, listing: models.Listing, asked: Any) -> models.Listing:
        type(self).decides(listing=listing, **asked.validated_data, **self.by)
        return self.load(listing.reference)


class ReviewListing(Decide):
    """Find an application in order, perhaps for a later first day; another person lists it."""

    permissions = {"POST": (Permission.REVIEW_LISTING,)}
    takes = ReviewListingSerializer
    decides = staticmethod(actions.review_listing)


class ListProduct(Decide):
    """List a reviewed product: hospitals of its region may order from its first day on."""

    permissions = {"POST": (Permission.LIST_PRODUCT,)}
    takes = NothingSerializer
    decides = staticmethod(actions.list_product)


class AskBack(Decide):
    """Ask the supplier for what is missing."""

    permissions = {"POST": (Permission.REVIEW_LISTING,)}
    decides = staticmethod(actions.ask_back)


class AnswerListing(Decide):
    """Put an application anew that was asked back."""

    permissions = {"POST": (Permission.APPLY_FOR_LISTING,)}
    fresh = ()
    takes = AnswerListingSerializer
    decides = staticmethod(actions.answer_listing)


class ReturnListing(Decide):
    """Return an application to its review instead of listing it."""

    permissions = {"POST": (Permission.LIST_PRODUCT,)}
    decides = staticmethod(actions.return_listing)


class RefuseListing(Decide):
    """Do not list the product."""

    permissions = {"POST": (Permission.REVIEW_LISTING, Permission.LIST_PRODUCT)}
    decides = staticmethod(actions.refuse_listing)


class WithdrawListing(Decide):
    """Take an application back that is not decided."""

    permissions = {"POST": (Permission.APPLY_FOR_LISTING,)}
    decides = staticmethod(actions.withdraw_listing)


class SuspendListing(Decide):
    """Stop orders of a listed product, until it is resumed."""

    permissions = {"POST": (Permission.LIST_PRODUCT,)}
    decides = staticmethod(actions.suspend_listing)


class ResumeListing(Decide):
    """Let a suspended product be ordered again."""

    permissions = {"POST": (Permission.LIST_PRODUCT,)}
    decides = staticmethod(actions.resume_listing)


class Delist(Decide):
    """End a listing."""

    permissions = {"POST": (Permission.LIST_PRODUCT,)}
    decides = staticmethod(actions.delist)


class SingleSources(ReadingMany, Act):
    """Of whom hospitals are committed to buy an item or a variety, the latest first; posting records one."""

    model = models.SingleSource
    permissions = {**READ, "POST": (Permission.LIST_PRODUCT,)}
    serializer_class = SingleSourceSerializer
    filterset_fields = ("item__reference", "supplier__credit_code", "region")
    takes, status = RecordSingleSourceSerializer, 201

    def rows(self) -> QuerySet[models.SingleSource]:
        found = models.SingleSource.objects.visible_to(self.seat)
        return found.select_related("item", "variety", "supplier", "hospital").order_by("-valid_from", "-pk")

    def act(self, thing: None, asked: Any) -> models.SingleSource:
        made = actions.record_single_source(commitment=asked.commitment, **self.by)
        return self.one(models.SingleSource.objects.visible_to(self.seat), pk=made.pk)


class EndSingleSource(Act):
    """End a commitment before its last day."""

    permissions = {"POST": (Permission.LIST_PRODUCT,)}
    serializer_class = SingleSourceSerializer
    takes = EndSingleSourceSerializer

    def load(self, reference: str) -> models.SingleSource:
        return self.one(models.SingleSource.objects.visible_to(self.seat), reference=reference)

    def act(self, commitment: models.SingleSource, asked: Any) -> models.SingleSource:
        return actions.end_single_source(commitment=commitment, **asked.validated_data, **self.by)


urlpatterns = [
    path("listings/", Listings.as_view(), name="api-listings"),
    path("listings/<str:reference>/", OneListing.as_view(), name="api-listing"),
    path("listings/<str:reference>/review/", ReviewListing.as_view(), name="api-review-listing"),
    path("listings/<str:reference>/list/", ListProduct.as_view(), name="api-list-product"),
    path("listings/<str:reference>/ask-back/", AskBack.as_view(), name="api-ask-back"),
    path("listings/<str:reference>/answer/", AnswerListing.as_view(), name="api-answer-listing"),
    path("listings/<str:reference>/return/", ReturnListing.as_view(), name="api-return-listing"),
    path("listings/<str:reference>/refuse/", RefuseListing.as_view(), name="api-refuse-listing"),
    path("listings/<str:reference>/withdraw/", WithdrawListing.as_view(), name="api-withdraw-listing"),
    path("listings/<str:reference>/suspend/", SuspendListing.as_view(), name="api-suspend-listing"),
    path("listings/<str:reference>/resume/", ResumeListing.as_view(), name="api-resume-listing"),
    path("listings/<str:reference>/delist/", Delist.as_view(), name="api-delist"),
    path("single-sources/", SingleSources.as_view(), name="api-single-sources"),
    path("single-sources/<str:reference>/end/", EndSingleSource.as_view(), name="api-end-single-source"),
]
