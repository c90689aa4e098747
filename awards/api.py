"""Endpoints of decisions, awards, and objections to them."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path

from accounts.permissions import Permission
from awards import actions
from awards.models import Allocation, Award, AwardLetter, Decision, NextOffer
from awards.serializers import (
    AllocationSerializer,
    AnswerAwardObjectionSerializer,
    AnswerOfferSerializer,
    AwardLetterSerializer,
    DecisionSerializer,
    ProposeAwardSerializer,
    RefuseAwardSerializer,
)
from core.api import Act, Reading, ReadingMany
from tenders.api.results import ObjectTo, OfALot, OfAnObjection, ToldResult
from tenders.api.tenders import READ
from tenders.models import Lot, Objection


class OfADecision(OfALot):
    """Answers with the standing decision on the lot; 404 where nothing is decided."""

    serializer_class = DecisionSerializer

    def shape(self, found: Lot) -> Any:
        decisions = Decision.objects.standing().filter(lot=found).select_related("lot__tender")
        decisions = decisions.prefetch_related("awards__supplier", "awards__products__product_version__product")
        return super().shape(self.one(decisions))


class LotAward(OfADecision, Reading, Act):
    """What is decided on the lot's opened prices."""

    permissions = {"GET": READ, "POST": (Permission.AWARD,)}
    fresh = ("POST",)
    status = 201

    def act(self, lot: Lot, asked: Any) -> Lot:
        """Award the lot as proposed, when its standstill is over."""
        actions.award_lot(lot=lot, **self.by)
        return lot


class ProposeAward(OfADecision, Act):
    """Propose to award the lot to the first of its ranked bids, as many as its rules let win."""

    permissions = {"POST": (Permission.PUBLISH_RESULT,)}
    takes, status = ProposeAwardSerializer, 201

    def act(self, lot: Lot, asked: Any) -> Lot:
        actions.propose_award(lot=lot, **asked.validated_data, **self.by)
        return lot


class Allocations(OfALot, ReadingMany):
    """What the standing decision on a lot allocates: a hospital reads its own, a winner what it supplies."""

    model = Allocation
    permissions = {"GET": READ}
    serializer_class = AllocationSerializer

    def rows(self) -> QuerySet[Allocation]:
        standing = Decision.objects.standing().filter(lot=self.load(**self.kwargs))
        rows = Allocation.objects.visible_to(self.seat).standing().filter(decision__in=standing)
        return rows.select_related("award", "hospital__region").order_by("pk")


class FailLot(ToldResult, Act):
    """End a lot of which no opened price is valid."""

    permissions = {"POST": (Permission.PUBLISH_RESULT,)}
    status = 201

    def act(self, lot: Lot, asked: Any) -> None:
        actions.fail_lot(lot=lot, **self.by)


class ObjectToAward(ObjectTo):
    """Object to the proposed award of a lot."""

    def act(self, lot: Lot, asked: Any) -> Objection:
        return actions.file_objection(lot=lot, **asked.validated_data, **self.by)


class AnswerAwardObjection(OfAnObjection, Act):
    """Answer an objection to a proposed award, once and with reasons."""

    permissions = {"POST": (Permission.ANSWER_OBJECTION,)}
    takes = AnswerAwardObjectionSerializer

    def act(self, objection: Objection, asked: Any) -> Objection:
        actions.answer_objection(objection=objection, **asked.validated_data, **self.by)
        return objection


class OfALetter(OfALot):
    """Answers with the letter of the award at a place of a lot's standing decision."""

    serializer_class = AwardLetterSerializer

    def load(self, reference: str, number: int, place: int) -> Award:
        lot = super().load(reference, number)
        related = ("supplier", "letter", "decision__lot__tender")
        awards = Award.objects.filter(letter__isnull=False, decision__lot=lot).select_related(*related)
        return self.one(awards, place=place)

    def shape(self, found: Award) -> Any:
        letters = AwardLetter.objects.filter(award=found).select_related("award__supplier", "award__replaced_by")
        return super().shape(letters.prefetch_related("offers__supplier").get())


class Letter(OfALetter, Reading):
    """Until when the winner of an award signs, how that ended, and to whom it was offered then."""

    permissions = {"GET": READ}


class RefuseAward(OfALetter, Act):
    """Refuse an award for good, as its winner, before the contract is signed."""

    permissions = {"POST": (Permission.SIGN_CONTRACT,)}
    fresh = ("POST",)
    takes = RefuseAwardSerializer

    def load(self, **where: Any) -> Award:
        found = super().load(**where)
        return self.one(Award.objects.filter(supplier__in=self.seat.lineage), pk=found.pk)

    def act(self, award: Award, asked: Any) -> Award:
        actions.refuse_award(award=award, **asked.validated_data, **self.by)
        return award


class OnALetter(OfALetter, Act):
    """An act of the award officer of the lot's agency."""

    permissions = {"POST": (Permission.AWARD,)}
    fresh = ("POST",)
    does: Any

    def act(self, award: Award, asked: Any) -> Award:
        type(self).does(award=award, **self.by)
        return award


class LapseAward(OnALetter):
    """End an award whose winner has neither signed nor refused by the day of its letter."""

    does = staticmethod(actions.lapse_award)


class OfferNext(OnALetter):
    """Offer an award that ended to the next in rank, at its own price."""

    does = staticmethod(actions.offer_next)


class AwardNext(OnALetter):
    """Award to whoever accepted what an award that ended leaves."""

    does = staticmethod(actions.award_next)


class GiveUpAward(OnALetter):
    """Find that nobody is left for an award that ended; its need is free."""

    does = staticmethod(actions.give_up_award)


class AnswerOffer(OfALetter, Act):
    """Accept or decline, as the next in rank, an award that ended."""

    permissions = {"POST": (Permission.SIGN_CONTRACT,)}
    fresh = ("POST",)
    takes = AnswerOfferSerializer

    def act(self, award: Award, asked: Any) -> Award:
        offers = NextOffer.objects.filter(letter=award.letter, supplier__in=self.seat.lineage)
        offer = self.one(offers.select_related("letter__award__decision__lot__tender"))
        actions.answer_offer(offer=offer, **asked.validated_data, **self.by)
        return award


LOT = "tenders/<str:reference>/lots/<int:number>"
AWARD = f"{LOT}/awards/<int:place>"

urlpatterns = [
    path(f"{LOT}/award/", LotAward.as_view(), name="api-award-lot"),
    path(f"{LOT}/propose-award/", ProposeAward.as_view(), name="api-propose-award"),
    path(f"{LOT}/allocations/", Allocations.as_view(), name="api-allocations"),
    path(f"{LOT}/fail/", FailLot.as_view(), name="api-fail-lot"),
    path(f"{AWARD}/letter/", Letter.as_view(), name="api-award-letter"),
    path(f"{AWARD}/refuse/", RefuseAward.as_view(), name="api-refuse-award"),
    path(f"{AWARD}/lapse/", LapseAward.as_view(), name="api-lapse-award"),
    path(f"{AWARD}/offer-next/", OfferNext.as_view(), name="api-offer-next"),
    path(f"{AWARD}/answer-offer/", AnswerOffer.as_view(), name="api-answer-offer"),
    path(f"{AWARD}/award-next/", AwardNext.as_view(), name="api-award-next"),
    path(f"{AWARD}/give-up/", GiveUpAward.as_view(), name="api-give-up-award"),
    path(f"{LOT}/object-to-award/", ObjectToAward.as_view(), name="api-object-to-award"),
    path("objections/<str:reference>/answer-award/", AnswerAwardObjection.as_view(), name="api-answer-award-objection"),
]
