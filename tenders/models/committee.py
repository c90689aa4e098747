"""Drawn committees: the agency's pool of experts, what a tender draws from it, and each draw."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from core.acting import ORGANISATION
from core.constraints import in_order, paired
from core.fields import ChoiceField
from core.triggers import Guard, append_only, recorded
from core.wall import seen, written
from tenders.models.tender import IN_DRAFT, Tender
from tenders.querysets import ExpertQuerySet

_CLOSED = "EXISTS (SELECT FROM tenders_close AS closed WHERE closed.tender_id = tenders_drawseed.tender_id)"
_OF_AGENCY = f"""EXISTS (
    SELECT FROM tenders_tender AS own
    WHERE own.id = tenders_drawseed.tender_id AND own.agency_id = {ORGANISATION} AND own.status = 'draft'
)"""


class Expert(models.Model):
    """Who may be drawn into committees, proposed by one person of the agency and admitted by another."""

    class Speciality(models.TextChoices):
        CLINICAL = "clinical", _("clinical medicine")
        PHARMACY = "pharmacy", _("pharmacy")
        ECONOMICS = "economics", _("pharmacoeconomics")
        INSURANCE = "insurance", _("health insurance")
        DEVICES = "devices", _("medical devices")
        LAW = "law", _("law")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second person")
        ADMITTED = "admitted", _("in the pool")
        DECLINED = "declined", _("declined")
        ENDED = "ended", _("left the pool")

    MOVES = {
        Status.PROPOSED: {Status.ADMITTED, Status.DECLINED},
        Status.ADMITTED: {Status.ENDED},
    }

    reference = models.CharField(max_length=20, unique=True, help_text=_("The number by which the expert is drawn."))
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    speciality = ChoiceField(Speciality)
    available_from = models.DateField(null=True, blank=True, help_text=_("First day; empty: at any time."))
    available_to = models.DateField(null=True, blank=True, help_text=_("Last day; empty: at any time."))
    status = ChoiceField(Status, default=Status.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    admitted_at = models.DateTimeField(null=True, blank=True)
    admitted_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=300, blank=True)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        ordering = ("reference",)
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "seat"),
                condition=Q(status__in=("proposed", "admitted")),
                name="expert_once_in_a_pool",
                violation_error_message=_("This person is in the pool, or waits for it, already."),
            ),
            paired("expert", "proposed"),
            paired("expert", "admitted"),
            paired("expert", "ended"),
            in_order("expert", "available_from", "available_to"),
            models.CheckConstraint(
                condition=Q(status="proposed", admitted_at=None, ended_at=None)
                | Q(status="admitted", admitted_at__isnull=False, ended_at=None)
                | Q(status="declined", admitted_at=None, ended_at__isnull=False)
                | Q(status="ended", admitted_at__isnull=False, ended_at__isnull=False),
                name="expert_status_is_its_facts",
            ),
        )
        triggers = (
            *recorded("expert", fills="admitted_at admitted_by ended_at ended_by end_reason", changes="status"),
            Guard(
                name="expert_needs_two_people",
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF TG_OP = 'INSERT' AND NEW.status <> 'proposed' OR (
                        SELECT person_id FROM accounts_seat WHERE id = NEW.admitted_by_id
                    ) = (SELECT person_id FROM accounts_seat WHERE id = NEW.proposed_by_id) THEN
                        RAISE EXCEPTION 'an expert is admitted by a second person' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.reference


class Committee(models.Model):
    """That a tender's evaluators are drawn: how many of each speciality, and from its publication on the frozen pool
    and the hash of the seed. A tender without such a row names its evaluators."""

    tender = models.OneToOneField(Tender, models.PROTECT, related_name="committee")
    places = models.JSONField(help_text=_("How many members of each speciality."))
    pool = models.JSONField(null=True, help_text=_("Numbers and specialities as frozen at publication."))
    pool_sha256 = models.CharField(max_length=64, blank=True)
    commitment = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 of the seed of the draw."))

    class Meta:
        triggers = (
            *recorded("committee", fills="pool pool_sha256 commitment", changes="places", removed=IN_DRAFT),
            Guard(
                name="committee_is_set_in_draft",
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF (SELECT status FROM tenders_tender WHERE id = NEW.tender_id) <> 'draft' THEN
                        RAISE EXCEPTION 'a committee is set before publication' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return str(self.tender)

    @property
    def size(self) -> int:
        return sum(self.places.values())


class DrawSeed(models.Model):
    """The seed whose hash the notice publishes: shown to nobody before the close is signed."""

    tender = models.OneToOneField(Tender, models.PROTECT, primary_key=True, related_name="draw_seed")
    seed = models.CharField(max_length=64)

    policies = (seen(_CLOSED), written(_OF_AGENCY))

    class Meta:
        triggers = append_only("draw_seed")

    def __str__(self) -> str:
        return str(self.tender)


class CommitteeDraw(models.Model):
    """A step of a draw: the first seats the committee, each further one the next expert in somebody's place.

    It is made after the technical opening, because who was excluded tells who bids.
    """

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="draws")
    number = models.PositiveSmallIntegerField()
    excluded = models.JSONField(default=dict, help_text=_("Numbers that could not be drawn then, each with its code."))
    drawn = models.JSONField(help_text=_("Numbers drawn, in their order."))
    leaving = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("tender", "number")
        constraints = (
            models.UniqueConstraint(fields=("tender", "number"), name="committee_draw_number"),
            paired("committee_draw", "drawn"),
            models.CheckConstraint(
                condition=Q(number=1, leaving="") | Q(number__gt=1) & ~Q(leaving="") & ~Q(reason=""),
                name="committee_draw_first_or_replacing",
            ),
        )
        triggers = (
            *append_only("committee_draw"),
            Guard(
                name="committee_draw_after_the_opening",
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM tenders_openingrequest AS asked JOIN tenders_lot AS lot ON lot.id = asked.lot_id
                        WHERE lot.tender_id = NEW.tender_id AND asked.envelope LIKE '%technical'
                    ) THEN
                        RAISE EXCEPTION 'nobody is drawn before the technical opening' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.tender} {self.number}"
