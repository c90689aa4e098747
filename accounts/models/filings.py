"""What happens to organisations: filed by one person with its document, confirmed by another."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from accounts.models.seats import Seat
from accounts.querysets import FilingQuerySet
from core.constraints import paired
from core.fields import ChoiceField, PointsField
from core.triggers import Guard, recorded


class AffiliationKind(models.TextChoices):
    """How two organisations belong together."""

    CONTRACT_MAKER = "contract_maker", _("holder and its contract maker")
    CONTROL = "control", _("under one control")


# What is decided of a filing; all else of it stays as it was proposed.
_DECIDED = "'{status,confirmed_at,confirmed_by_id,declined_at,declined_by_id,decline_reason}'::text[]"


class Filing(models.Model):
    """A fact about an organisation from a day on, as a document says: one registrar proposes it, another confirms it.

    Until then nothing is true of it. What was proposed stays on record, also where it was declined.
    """

    class Kind(models.TextChoices):
        RENAMING = "renaming", _("another name or licence")
        AFFILIATION = "affiliation", _("belongs together with another")
        SEPARATION = "separation", _("no longer belongs together with another")
        MERGER = "merger", _("merged into another")
        SUCCESSION = "succession", _("succeeded by another")
        SPLIT = "split", _("split from another")
        LIQUIDATION = "liquidation", _("in liquidation")
        CLOSURE = "closure", _("closed")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second person")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")

    # What lets another organisation stand in the place of this one, and what ends this one.
    SUCCESSIONS = (Kind.MERGER, Kind.SUCCESSION)
    ENDINGS = (*SUCCESSIONS, Kind.CLOSURE)
    MOVES = {Status.PROPOSED: {Status.CONFIRMED, Status.DECLINED}}

    reference = models.CharField(max_length=20, unique=True)
    kind = ChoiceField(Kind)
    status = ChoiceField(Status, default=Status.PROPOSED)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="filings")
    day = models.DateField(help_text=_("From when it holds, as the document says."))
    name = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    other = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The other organisation, where there is one."),
    )
    affiliation = ChoiceField(AffiliationKind, null=True, blank=True)
    share = PointsField(null=True, blank=True, help_text=_("Per cent of the other, where the document says so."))
    administrator = models.ForeignKey(
        Seat,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who acts for an organisation in liquidation."),
    )
    document_name = models.CharField(max_length=200)
    document = models.BinaryField(help_text=_("The file as it was uploaded."))
    sha256 = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    decline_reason = models.CharField(max_length=300, blank=True)

    objects = FilingQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            paired("filing", "proposed"),
            paired("filing", "confirmed"),
            paired("filing", "declined"),
            models.CheckConstraint(
                condition=Q(status="proposed", confirmed_at=None, declined_at=None)
                | Q(status="confirmed", confirmed_at__isnull=False, declined_at=None)
                | Q(status="declined", confirmed_at=None, declined_at__isnull=False) & ~Q(decline_reason=""),
                name="filing_status_is_its_facts",
            ),
            models.CheckConstraint(
                condition=Q(kind="renaming", other=None, affiliation=None) & ~Q(name="")
                | Q(kind__in=("affiliation", "separation"), other__isnull=False, affiliation__isnull=False, name="")
                | Q(kind__in=("merger", "succession", "split"), other__isnull=False, affiliation=None, name="")
                | Q(kind__in=("liquidation", "closure"), other=None, affiliation=None, name=""),
                name="filing_has_what_its_kind_needs",
            ),
            models.CheckConstraint(
                condition=Q(kind="liquidation", administrator__isnull=False)
                | ~Q(kind="liquidation") & Q(administrator=None),
                name="filing_of_a_liquidation_names_its_administrator",
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(kind="affiliation"), name="filing_share_is_of_an_affiliation"
            ),
            models.CheckConstraint(condition=~Q(organisation=F("other")), name="filing_other_is_another"),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=100),
                name="filing_share_is_of_a_hundred",
                violation_error_message=_("Enter a share above 0 and up to 100 per cent."),
            ),
            models.UniqueConstraint(
                fields=("organisation", "kind", "other"),
                condition=Q(status="proposed"),
                nulls_distinct=False,
                name="filing_one_of_a_kind_waits",
            ),
        )
        triggers = (
            *recorded(
                "filing", fills="confirmed_at confirmed_by declined_at declined_by decline_reason", changes="status"
            ),
            Guard(
                name="filing_needs_two_people",
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                    IF TG_OP = 'INSERT' AND NEW.status <> 'proposed' THEN
                        RAISE EXCEPTION 'a filing begins as a proposal' USING ERRCODE = 'PT006';
                    END IF;
                    IF TG_OP = 'UPDATE' AND (
                        OLD.status <> 'proposed' OR to_jsonb(NEW) - {_DECIDED} <> to_jsonb(OLD) - {_DECIDED}
                    ) THEN
                        RAISE EXCEPTION 'what was filed stays, and is decided once' USING ERRCODE = 'PT006';
                    END IF;
                    IF (SELECT person_id FROM accounts_seat WHERE id = NEW.confirmed_by_id)
                        = (SELECT person_id FROM accounts_seat WHERE id = NEW.proposed_by_id) THEN
                        RAISE EXCEPTION 'a filing needs two people' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
            Guard(
                name="filing_stays",
                operation=pgtrigger.Delete,
                func="RAISE EXCEPTION 'what was filed stays on record' USING ERRCODE = 'PT002';",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("accounts:filing", args=[self.reference])

    @property
    def both(self) -> tuple[Organisation, Organisation]:
        """The organisations of a filing of two."""
        if self.other is None:
            raise LookupError(f"{self} is of one organisation")
        return self.organisation, self.other

    @property
    def is_succession(self) -> bool:
        return self.kind in self.SUCCESSIONS
