"""What happens to organisations: filed by one person with its document, confirmed by another."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from accounts.models.seats import Seat
from accounts.querysets import FilingQuerySet
from core.constraints import paired
from core.fields import ChoiceField
from core.triggers import Guard, recorded

# What is decided of a filing; all else of it stays as it was proposed.
_DECIDED = "'{status,confirmed_at,confirmed_by_id,declined_at,declined_by_id,decline_reason}'::text[]"


class Filing(models.Model):
    """A fact about an organisation from a day on, as a document says: one registrar proposes it, another confirms it.

    Until then nothing is true of it. What was proposed stays on record, also where it was declined.
    """

    class Kind(models.TextChoices):
        RENAMING = "renaming", _("another name or licence")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second person")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")

    MOVES = {Status.PROPOSED: {Status.CONFIRMED, Status.DECLINED}}

    reference = models.CharField(max_length=20, unique=True)
    kind = ChoiceField(Kind)
    status = ChoiceField(Status, default=Status.PROPOSED)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="filings")
    day = models.DateField(help_text=_("From when it holds, as the document says."))
    name = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=60, blank=True)
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
                condition=Q(kind="renaming") & ~Q(name=""),
                name="filing_has_what_its_kind_needs",
            ),
            models.UniqueConstraint(
                fields=("organisation", "kind"), condition=Q(status="proposed"), name="filing_one_of_a_kind_waits"
            ),
        )
        triggers = (
            *recorded("filing"),
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
