"""Endpoints of what happens to organisations: filed by one person with its document, confirmed by another."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from rest_framework.parsers import MultiPartParser

from accounts import actions
from accounts.models import Filing, Organisation
from accounts.permissions import Permission
from accounts.serializers import (
    AffiliationSerializer,
    BasisSerializer,
    FilingSerializer,
    LiquidationSerializer,
    OneOrganisationSerializer,
    RenamingSerializer,
    SuccessionSerializer,
    TieSerializer,
)
from core.api import Act, Endpoint, Listing, Reading, ReasonSerializer

REGISTER, WATCH = (Permission.MANAGE_ORGANISATIONS,), (Permission.MANAGE_ORGANISATIONS, Permission.READ_TRAIL)


class OneOrganisation(Reading):
    """An organisation, and every name and licence that it has had."""

    permissions = {"GET": (Permission.READ_CATALOGUE,)}
    slow = True
    serializer_class = OneOrganisationSerializer

    def load(self, credit_code: str) -> Organisation:
        seen = Organisation.objects.visible_to(self.seat).select_related("region", "succeeded_by")
        return self.one(seen.prefetch_related("versions__filing"), credit_code=credit_code)


class Filings(Listing):
    """What was filed of organisations, the latest first."""

    model = Filing
    permissions = {"GET": WATCH}
    serializer_class = FilingSerializer

    def rows(self) -> QuerySet[Filing]:
        return Filing.objects.visible_to(self.seat).with_people().order_by("-pk")


class OfAFiling(Endpoint):
    """Of the filing at the address; answers with it as it is then."""

    serializer_class = FilingSerializer

    def load(self, reference: str) -> Filing:
        return self.one(Filing.objects.visible_to(self.seat).with_people(), reference=reference)

    def shape(self, found: Any) -> Any:
        return super().shape(self.load(**self.kwargs))


class OneFiling(OfAFiling, Reading):
    """What was filed, and what became of it."""

    permissions = {"GET": WATCH}


class Proposal(Act):
    """Something is filed, with its document as a part of the request; another person confirms it."""

    permissions = {"POST": REGISTER}
    fresh = ("POST",)
    parser_classes = (MultiPartParser,)
    serializer_class = FilingSerializer
    status = 201


class FileRenaming(Proposal):
    takes = RenamingSerializer

    def act(self, thing: None, asked: RenamingSerializer) -> Filing:
        """File another name or licence of an organisation."""
        return actions.propose_renaming(**asked.said, basis=asked.basis, **self.by)


class FileAffiliation(Proposal):
    takes = AffiliationSerializer

    def act(self, thing: None, asked: AffiliationSerializer) -> Filing:
        """File that two organisations belong together."""
        return actions.propose_affiliation(**asked.said, basis=asked.basis, **self.by)


class FileSeparation(Proposal):
    takes = TieSerializer

    def act(self, thing: None, asked: TieSerializer) -> Filing:
        """File the last day on which two organisations belong together."""
        return actions.propose_separation(**asked.said, basis=asked.basis, **self.by)


class FileSuccession(Proposal):
    takes = SuccessionSerializer

    def act(self, thing: None, asked: SuccessionSerializer) -> Filing:
        """File that an organisation was merged into another, succeeded by it, or split from it."""
        return actions.propose_succession(**asked.said, basis=asked.basis, **self.by)


class FileLiquidation(Proposal):
    takes = LiquidationSerializer

    def act(self, thing: None, asked: LiquidationSerializer) -> Filing:
        """File that an organisation is in liquidation, and who acts for it."""
        return actions.propose_liquidation(**asked.said, basis=asked.basis, **self.by)


class FileClosure(Proposal):
    takes = BasisSerializer

    def act(self, thing: None, asked: BasisSerializer) -> Filing:
        """File that an organisation is no more, and nobody takes its place."""
        return actions.propose_closure(**asked.said, basis=asked.basis, **self.by)


class DeclineFiling(OfAFiling, Act):
    """Leave everything as it is, with the reason."""

    permissions = {"POST": REGISTER}
    takes = ReasonSerializer

    def act(self, filing: Filing, asked: Any) -> Filing:
        return actions.decline_filing(filing=filing, **asked.validated_data, **self.by)


urlpatterns = [
    path("organisations/<str:credit_code>/", OneOrganisation.as_view(), name="api-organisation"),
    path("filings/", Filings.as_view(), name="api-filings"),
    path("filings/renamings/", FileRenaming.as_view(), name="api-file-renaming"),
    path("filings/affiliations/", FileAffiliation.as_view(), name="api-file-affiliation"),
    path("filings/separations/", FileSeparation.as_view(), name="api-file-separation"),
    path("filings/successions/", FileSuccession.as_view(), name="api-file-succession"),
    path("filings/liquidations/", FileLiquidation.as_view(), name="api-file-liquidation"),
    path("filings/closures/", FileClosure.as_view(), name="api-file-closure"),
    path("filings/<str:reference>/", OneFiling.as_view(), name="api-filing"),
    path("filings/<str:reference>/decline/", DeclineFiling.as_view(), name="api-decline-filing"),
]
