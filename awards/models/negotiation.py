"""A negotiated price on record: who sits at the table, what was offered and answered, and the signed minutes."""

from datetime import datetime

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from awards.models.decisions import Decision
from awards.querysets import NegotiationQuerySet
from catalogue.models import ProductVersion
from core.acting import ORGANISATION, SEAT
from core.constraints import paired, positive
from core.fields import ChoiceField, PriceField, RatioField
from core.triggers import Guard, append_only, recorded
from core.wall import changed, seen, written
from selection.negotiation import NegotiationRules
from tenders.models import Lot

# The parties are supplier, agency, hospital and payer; auditors read with them, and nobody else.
_PARTY = "is_told('named', parties)"
_OF = """EXISTS (SELECT FROM awards_negotiation AS whole
    WHERE whole.id = negotiation_id AND is_told('named', whole.parties))"""


class Negotiation(models.Model):
    """A table of agency, hospital and payer, and one supplier, whose bid qualified in a lot that ended without a price.

    Turns follow each other by status; ``due_at`` is until when the turn lasts. A supplier that is silent until then has
    made its last offer; a table that is silent may still answer, and ``ends_at`` is from when the agency may end it.
    """

    class Status(models.TextChoices):
        RESERVE = "reserve", _("experts seal the reserve price")
        OFFER = "offer", _("the supplier offers")
        COMPARE = "compare", _("the quote is held against the reserve price")
        COUNTER = "counter", _("the table answers")
        CLOSING = "closing", _("minutes")
        AGREED = "agreed", _("agreed")
        FAILED = "failed", _("failed")

    RUNNING = (Status.RESERVE, Status.OFFER, Status.COMPARE, Status.COUNTER, Status.CLOSING)
    MOVES = {
        Status.RESERVE: {Status.OFFER, Status.FAILED},
        Status.OFFER: {Status.COMPARE, Status.COUNTER, Status.CLOSING, Status.FAILED},
        Status.COMPARE: {Status.COUNTER, Status.CLOSING, Status.FAILED},
        Status.COUNTER: {Status.OFFER, Status.CLOSING, Status.FAILED},
        Status.CLOSING: {Status.AGREED, Status.FAILED},
    }

    class Reason(models.TextChoices):
        NONE = "", _("agreed")
        TOO_HIGH = "too_high", _("the last offer is above the reserve price")
        TOO_FAR = "too_far", _("the quotes are too far from the reserve price")
        SUPPLIER_SILENT = "supplier_silent", _("the supplier made no offer")
        NO_AGREEMENT = "no_agreement", _("no price was agreed")
        LAPSED = "lapsed", _("its last day passed without signed minutes")

    class LeadsOn(models.TextChoices):
        """What follows; an agreement leads to the award."""

        NONE = "", _("not ended")
        AWARD = "award", _("award")
        NEXT_LANE = "next_lane", _("the next way of buying")
        PRICE_ONLY = "price_only", _("a price without a volume")
        OPEN_ENTRY = "open_entry", _("entry open to all at an accepted price")

    reference = models.CharField(max_length=20, unique=True)
    status = ChoiceField(Status, default=Status.RESERVE)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    bid = models.CharField(max_length=20, help_text=_("Reference of the qualified bid."))
    product_version = models.ForeignKey(ProductVersion, models.PROTECT, related_name="+")
    pack_size = models.PositiveIntegerField(help_text=_("Base units in the pack that is negotiated."))
    first_price = PriceField(null=True, help_text=_("Opened price of the bid, which is its first offer."))
    agency_seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    hospital_seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    payer_seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    expert = models.ForeignKey(
        Seat, models.PROTECT, null=True, related_name="+", help_text=_("Who seals the reserve price, if anybody does.")
    )
    parties = ArrayField(models.BigIntegerField(), help_text=_("Organisations to which it is shown."))
    rounds = models.PositiveSmallIntegerField()
    quotes = models.PositiveSmallIntegerField()
    within = RatioField()
    offer_days = models.PositiveSmallIntegerField()
    answer_days = models.PositiveSmallIntegerField()
    confidential = models.BooleanField(default=False, help_text=_("The price stands in the record as a salted hash."))
    reserve_hash = models.CharField(max_length=64, blank=True, help_text=_("What the sealed reserve is held against."))
    due_at = models.DateTimeField(help_text=_("Until when the turn lasts."))
    ends_at = models.DateTimeField(help_text=_("From then on the agency may end it without minutes."))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    reason = ChoiceField(Reason, default=Reason.NONE)
    leads_on = ChoiceField(LeadsOn, default=LeadsOn.NONE)
    price_hash = models.CharField(max_length=64, blank=True, help_text=_("Salted hash of a confidential price."))
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="+")
    followed_at = models.DateTimeField(null=True, help_text=_("When what it leads to was done."))
    followed_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    followed_with = models.CharField(max_length=300, blank=True)

    objects = NegotiationQuerySet.as_manager()
    policies = (
        seen(f"{_PARTY} OR expert_id = {SEAT}"),
        written(f"agency_id = {ORGANISATION}"),
        changed(f"{_PARTY} OR expert_id = {SEAT}"),
    )

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("lot",),
                condition=~Q(status="failed"),
                name="negotiation_one_a_lot",
                violation_error_message=_("The price of this lot is negotiated already."),
            ),
            paired("negotiation", "opened"),
            paired("negotiation", "ended"),
            paired("negotiation", "followed"),
            positive("negotiation", "rounds"),
            models.CheckConstraint(
                condition=Q(status="agreed", reason="", leads_on="award", ended_at__isnull=False)
                | Q(status="failed", ended_at__isnull=False) & ~Q(reason="") & ~Q(leads_on__in=("", "award"))
                | ~Q(status__in=("agreed", "failed")) & Q(reason="", leads_on="", ended_at=None),
                name="negotiation_end_leads_on",
            ),
            models.CheckConstraint(
                condition=Q(decision=None) | Q(status="agreed", confidential=False),
                name="negotiation_decision_is_public",
            ),
            models.CheckConstraint(
                condition=Q(followed_at=None, followed_with="")
                | Q(status__in=("agreed", "failed"), followed_at__isnull=False) & ~Q(followed_with=""),
                name="negotiation_followed_after_its_end",
            ),
        )
        indexes = (models.Index(fields=("status", "due_at"), name="negotiation_by_due"),)
        triggers = recorded(
            "negotiation",
            fills="reserve_hash reason leads_on price_hash ended_at ended_by decision followed_at followed_by "
            "followed_with",
            changes="status due_at",
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("awards:negotiation", args=[self.reference])

    @property
    def rules(self) -> NegotiationRules:
        return NegotiationRules(self.rounds, self.quotes, self.within, self.offer_days, self.answer_days)

    @property
    def table(self) -> frozenset[int]:
        """The seats of agency, hospital and payer, by primary key."""
        return frozenset((self.agency_seat_id, self.hospital_seat_id, self.payer_seat_id))

    def supplier_is_late(self, now: datetime) -> bool:
        return self.status == self.Status.OFFER and now >= self.due_at


class NegotiationOffer(models.Model):
    """The supplier's price a pack in one round, dated by the database and never higher than one before it."""

    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="offers")
    number = models.PositiveSmallIntegerField()
    price = PriceField(help_text=_("Price a pack."))
    made_at = models.DateTimeField(help_text=_("By the clock of the database."))
    made_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    policies = (seen(_OF), written(_OF))

    class Meta:
        ordering = ("negotiation", "number")
        constraints = (
            models.UniqueConstraint(fields=("negotiation", "number"), name="negotiation_offer_number"),
            positive("negotiation_offer", "price"),
            paired("negotiation_offer", "made"),
        )
        triggers = (
            *append_only("negotiation_offer"),
            Guard(
                name="negotiation_offer_in_turn",
                operation=pgtrigger.Insert,
                declare=[("whole", "awards_negotiation"), ("before", "integer"), ("lowest", "numeric")],
                func="""
                    SELECT * INTO whole FROM awards_negotiation WHERE id = NEW.negotiation_id FOR NO KEY UPDATE;
                    SELECT count(*), least(min(price), whole.first_price) INTO before, lowest
                        FROM awards_negotiationoffer WHERE negotiation_id = NEW.negotiation_id;
                    NEW.made_at := platform_clock();
                    IF whole.status IS DISTINCT FROM 'offer' OR NEW.number <> before + 1 OR NEW.number > whole.rounds
                        OR NOT EXISTS (SELECT FROM accounts_seat
                            WHERE id = NEW.made_by_id AND organisation_id = whole.supplier_id) THEN
                        RAISE EXCEPTION 'the supplier offers in its turn' USING ERRCODE = 'PT003';
                    END IF;
                    IF NEW.made_at >= whole.due_at THEN
                        RAISE EXCEPTION 'LATE' USING ERRCODE = 'PT001', DETAIL = NEW.made_at::text;
                    END IF;
                    IF NEW.price > lowest THEN
                        RAISE EXCEPTION 'a later offer is never higher' USING ERRCODE = 'PT003';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.negotiation} / {self.number}"


class Counter(models.Model):
    """What the table answers to an offer: proposed from one of its seats, and an answer once a second has signed it."""

    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="counters")
    number = models.PositiveSmallIntegerField(help_text=_("Of the offer that it answers."))
    price = PriceField(help_text=_("Price a pack at which the table would agree."))
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")

    # What nobody has signed yet is seen at the table alone.
    policies = (
        seen(
            f"{_OF} AND (signed_at IS NOT NULL OR NOT EXISTS (SELECT FROM awards_negotiation AS whole"
            f" WHERE whole.id = negotiation_id AND whole.supplier_id = {ORGANISATION}))"
        ),
        written(_OF),
        changed(_OF),
    )

    class Meta:
        ordering = ("negotiation", "number", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("negotiation", "number"), condition=Q(signed_at__isnull=False), name="counter_one_signed"
            ),
            positive("counter", "price"),
            paired("counter", "proposed"),
            paired("counter", "signed"),
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("proposed_by")),
                name="counter_by_two",
                violation_error_message=_("Somebody else at the table signs what one of it proposes."),
            ),
        )
        triggers = (
            *recorded("counter", fills="signed_at signed_by"),
            Guard(
                name="counter_from_the_table",
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM awards_negotiation WHERE id = NEW.negotiation_id AND status = 'counter'
                            AND NEW.proposed_by_id IN (agency_seat_id, hospital_seat_id, payer_seat_id)
                            AND coalesce(NEW.signed_by_id, NEW.proposed_by_id)
                                IN (agency_seat_id, hospital_seat_id, payer_seat_id)
                    ) THEN
                        RAISE EXCEPTION 'the table answers in its turn' USING ERRCODE = 'PT003';
                    END IF;
                    NEW.proposed_at := CASE TG_OP WHEN 'INSERT' THEN platform_clock() ELSE NEW.proposed_at END;
                    NEW.signed_at := CASE WHEN NEW.signed_by_id IS NOT NULL THEN platform_clock() END;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.negotiation} / {self.number}"


class Reserve(models.Model):
    """The highest price a pack that experts would pay. Its salted hash is public to the table before the first offer;
    the price is its expert's alone until it is disclosed, after the last one."""

    negotiation = models.OneToOneField(Negotiation, models.PROTECT, related_name="reserve")
    price = PriceField()
    salt = models.CharField(max_length=64)
    committed_at = models.DateTimeField()
    committed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    disclosed_at = models.DateTimeField(null=True)
    disclosed_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")

    policies = (
        seen(f"committed_by_id = {SEAT} OR disclosed_at IS NOT NULL AND {_OF}"),
        written(f"committed_by_id = {SEAT}"),
        changed(f"committed_by_id = {SEAT}"),
    )

    class Meta:
        constraints = (
            positive("reserve", "price"),
            paired("reserve", "committed"),
            paired("reserve", "disclosed"),
            models.CheckConstraint(
                condition=Q(disclosed_by=None) | Q(disclosed_by=F("committed_by")),
                name="reserve_disclosed_by_its_expert",
            ),
        )
        triggers = (
            *recorded("reserve", fills="disclosed_at disclosed_by"),
            Guard(
                name="reserve_between_first_and_last",
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM awards_negotiation
                        WHERE id = NEW.negotiation_id AND expert_id = NEW.committed_by_id
                            AND status = CASE TG_OP WHEN 'INSERT' THEN 'reserve' ELSE 'closing' END
                    ) THEN
                        RAISE EXCEPTION 'a reserve is sealed before the first offer and shown after the last'
                            USING ERRCODE = 'PT003';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.negotiation}"


class TalkMinutes(models.Model):
    """What came of the talk, to be signed on the spot: an agreement by all three seats and the supplier, a failure by
    two of the three. Drafted anew, the earlier ones count no more."""

    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="minutes")
    number = models.PositiveSmallIntegerField()
    price = PriceField(null=True, help_text=_("The agreed price a pack; empty where none was."))
    salt = models.CharField(max_length=64, blank=True, help_text=_("Of the hash of a confidential price."))
    reason = ChoiceField(Negotiation.Reason, default=Negotiation.Reason.NONE)
    leads_on = ChoiceField(Negotiation.LeadsOn)
    text = models.TextField(blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    policies = (seen(_OF), written(_OF))

    class Meta:
        ordering = ("negotiation", "number")
        constraints = (
            models.UniqueConstraint(fields=("negotiation", "number"), name="talk_minutes_number"),
            paired("talk_minutes", "drafted"),
            models.CheckConstraint(
                condition=Q(price__isnull=False, reason="", leads_on="award")
                | Q(price=None) & ~Q(reason="") & ~Q(leads_on="award"),
                name="talk_minutes_agree_or_say_why",
            ),
        )
        triggers = append_only("talk_minutes")

    def __str__(self) -> str:
        return f"{self.negotiation} / {self.number}"


class TalkSignature(models.Model):
    """One side's signature under minutes, given with a fresh proof of who it is."""

    minutes = models.ForeignKey(TalkMinutes, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(help_text=_("By the clock of the database."))
    signed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    policies = (
        seen("EXISTS (SELECT FROM awards_talkminutes AS whole WHERE whole.id = minutes_id)"),
        written(f"organisation_id = {ORGANISATION}"),
    )

    class Meta:
        ordering = ("minutes", "signed_at")
        constraints = (
            models.UniqueConstraint(
                fields=("minutes", "organisation"),
                name="talk_signature_once_a_side",
                violation_error_message=_("Your side has signed these minutes."),
            ),
            paired("talk_signature", "signed"),
        )
        triggers = (
            *append_only("talk_signature"),
            Guard(
                name="talk_signature_of_a_side",
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM awards_talkminutes AS said
                        JOIN awards_negotiation AS whole ON whole.id = said.negotiation_id AND whole.status = 'closing'
                        JOIN accounts_seat AS seat ON seat.id = NEW.signed_by_id
                            AND seat.organisation_id = NEW.organisation_id
                        WHERE said.id = NEW.minutes_id AND NOT EXISTS (
                            SELECT FROM awards_talkminutes AS later
                            WHERE later.negotiation_id = whole.id AND later.number > said.number
                        ) AND (
                            seat.id IN (whole.agency_seat_id, whole.hospital_seat_id, whole.payer_seat_id)
                            OR seat.organisation_id = whole.supplier_id
                        )
                    ) THEN
                        RAISE EXCEPTION 'who sits at the table signs its last minutes' USING ERRCODE = 'PT003';
                    END IF;
                    NEW.signed_at := platform_clock();
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.minutes} {self.signed_by_id}"
