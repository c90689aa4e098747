"""Where an organisation is paid."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from accounts.models.seats import Seat
from accounts.permissions import Permission
from accounts.querysets import PROPOSAL_LASTS, BankAccountQuerySet
from accounts.rules import ACCOUNT_NUMBER_LENGTH, AccountStage, masked
from core.constraints import paired
from core.fields import ChoiceField
from core.triggers import Guard, recorded


class BankAccount(models.Model):
    """A bank account that one person of an organisation proposed and another confirmed; it lapses where nobody did.

    What was proposed never changes. Payments go to the latest one that is usable: the first account of an
    organisation from its confirmation on, one that replaces another after the time in which it can be stopped.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second person")
        CONFIRMED = "confirmed", _("confirmed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LAPSED = "lapsed", _("lapsed without an answer")

    MOVES = {
        Status.PROPOSED: {Status.CONFIRMED, Status.WITHDRAWN, Status.LAPSED},
        Status.CONFIRMED: {Status.WITHDRAWN},
    }

    reference = models.CharField(max_length=20, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="bank_accounts")
    bank = models.CharField(max_length=100, help_text=_("The bank and its branch."))
    holder = models.CharField(max_length=200, help_text=_("In whose name the account is."))
    number = models.CharField(max_length=ACCOUNT_NUMBER_LENGTH, help_text=_("Without blanks and dashes."))
    status = ChoiceField(Status, default=Status.PROPOSED)
    usable_at = models.DateTimeField(null=True, blank=True, help_text=_("From when payments go there."))
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, help_text=_("Why it was withdrawn."))

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            paired("bank_account", "proposed"),
            paired("bank_account", "confirmed"),
            paired("bank_account", "withdrawn"),
            models.CheckConstraint(
                condition=Q(status__in=("proposed", "lapsed"), confirmed_at=None, withdrawn_at=None)
                | Q(status="confirmed", confirmed_at__isnull=False, withdrawn_at=None)
                | Q(status="withdrawn", withdrawn_at__isnull=False),
                name="bank_account_status_is_its_facts",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, usable_at=None) | Q(usable_at__gte=F("confirmed_at")),
                name="bank_account_usable_once_confirmed",
            ),
            models.UniqueConstraint(
                fields=("organisation",),
                condition=Q(status="proposed"),
                name="bank_account_one_open_proposal",
                violation_error_message=_("Another bank account of the organisation waits for its second person."),
            ),
        )
        indexes = (models.Index(fields=("organisation", "-usable_at"), name="bank_account_in_use"),)
        triggers = (
            *recorded(
                "bank_account",
                fills="usable_at confirmed_at confirmed_by withdrawn_at withdrawn_by reason",
                changes="status",
            ),
            Guard(
                name="bank_account_needs_two_people",
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF TG_OP = 'INSERT' AND NEW.status <> 'proposed' THEN
                        RAISE EXCEPTION 'a bank account begins as a proposal' USING ERRCODE = 'PT006';
                    END IF;
                    IF TG_OP = 'UPDATE' AND (
                        NEW.reference, NEW.organisation_id, NEW.bank, NEW.holder, NEW.number,
                        NEW.proposed_at, NEW.proposed_by_id
                    ) IS DISTINCT FROM (
                        OLD.reference, OLD.organisation_id, OLD.bank, OLD.holder, OLD.number,
                        OLD.proposed_at, OLD.proposed_by_id
                    ) THEN
                        RAISE EXCEPTION 'a proposed bank account stays as it is' USING ERRCODE = 'PT006';
                    END IF;
                    IF TG_OP = 'UPDATE' AND OLD.status <> 'proposed' AND (
                        OLD.status <> 'confirmed' OR NEW.status <> 'withdrawn' OR NEW.withdrawn_at >= OLD.usable_at
                        OR (NEW.confirmed_at, NEW.confirmed_by_id, NEW.usable_at)
                            IS DISTINCT FROM (OLD.confirmed_at, OLD.confirmed_by_id, OLD.usable_at)
                    ) THEN
                        RAISE EXCEPTION 'a bank account is stopped in time, or stays' USING ERRCODE = 'PT006';
                    END IF;
                    IF (SELECT person_id FROM accounts_seat WHERE id = NEW.confirmed_by_id)
                        = (SELECT person_id FROM accounts_seat WHERE id = NEW.proposed_by_id) THEN
                        RAISE EXCEPTION 'a bank account needs two people' USING ERRCODE = 'PT006';
                    END IF;
                    IF TG_OP = 'UPDATE' AND OLD.status = 'proposed' AND NEW.status = 'confirmed'
                        AND NEW.usable_at < NEW.confirmed_at + interval '24 hours' AND EXISTS (
                            SELECT FROM accounts_bankaccount
                            WHERE organisation_id = NEW.organisation_id AND status = 'confirmed'
                                AND usable_at <= NEW.confirmed_at
                        ) THEN
                        RAISE EXCEPTION 'another bank account is not replaced at once' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
            Guard(
                name="bank_account_stays",
                operation=pgtrigger.Delete,
                func="RAISE EXCEPTION 'the rows of bank_account stay' USING ERRCODE = 'PT002';",
            ),
        )

    def __str__(self) -> str:
        return f"{self.bank} {self.masked}"

    def get_absolute_url(self) -> str:
        return reverse("accounts:bank-account", args=[self.reference])

    @property
    def masked(self) -> str:
        return masked(self.number)

    @property
    def lapses_at(self) -> datetime:
        return self.proposed_at + PROPOSAL_LASTS

    def has_lapsed(self, now: datetime) -> bool:
        """Whether nobody confirmed it in time, noted or not."""
        return self.status == self.Status.LAPSED or (self.status == self.Status.PROPOSED and self.lapses_at <= now)

    def cools(self, now: datetime) -> bool:
        """Whether it is confirmed and can still be stopped: no payment has gone there yet."""
        return self.status == self.Status.CONFIRMED and self.usable_at is not None and now < self.usable_at

    def stage(self, now: datetime) -> AccountStage:
        """Where it stands. Read ``with_replaced``."""
        if self.has_lapsed(now):
            return AccountStage.LAPSED
        if self.status != self.Status.CONFIRMED:
            return AccountStage(self.status)
        if self.cools(now):
            return AccountStage.COOLING
        return AccountStage.REPLACED if self.replaced else AccountStage.IN_USE

    def number_for(self, seat: Seat) -> str:
        """The whole number for the organisation's own people and for whoever pays; its end for everybody else."""
        whole = seat.organisation_id == self.organisation_id or seat.may(Permission.PAY)
        return self.number if whole else self.masked
