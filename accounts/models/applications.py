"""Who asks to take part: applications without an account, their licences, and objections to whom was admitted."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.licensing import ApplicantKind, LicenceKind
from accounts.models.organisations import Organisation, OrganisationSize, Region
from accounts.models.seats import Seat
from accounts.permissions import OrganisationKind
from accounts.querysets import AdmissionObjectionQuerySet, ApplicationQuerySet
from accounts.rules import ACCOUNT_NUMBER_LENGTH, masked
from core.constraints import paired
from core.fields import ChoiceField
from core.triggers import Guard, recorded

# What an applicant says. It changes only while the application is with the applicant.
_SAID = (
    "kind name credit_code region size representative contact_name contact_phone contact_email bank bank_holder"
    " bank_number"
)


class Application(models.Model):
    """Somebody asks to be admitted, or an organisation to be admitted anew: one person of the agency looks first and
    recommends, another decides; either may ask back.

    Whoever applies has no account: it follows its application by a secret link, of which only the hash is kept.
    """

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("waits for a first look")
        RETURNED = "returned", _("asked back")
        REVIEWED = "reviewed", _("waits for a decision")
        ADMITTED = "admitted", _("admitted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Advice(models.TextChoices):
        NONE = "", _("none")
        ADMIT = "admit", _("admit")
        REFUSE = "refuse", _("refuse")

    WAITING = (Status.SUBMITTED, Status.REVIEWED)
    OPEN = (*WAITING, Status.RETURNED)
    MOVES = {
        Status.SUBMITTED: {Status.RETURNED, Status.REVIEWED, Status.WITHDRAWN},
        Status.RETURNED: {Status.SUBMITTED, Status.REVIEWED, Status.WITHDRAWN},
        Status.REVIEWED: {Status.RETURNED, Status.ADMITTED, Status.REFUSED, Status.WITHDRAWN},
    }

    reference = models.CharField(max_length=20, unique=True)
    status = ChoiceField(Status, default=Status.SUBMITTED)
    kind = ChoiceField(ApplicantKind)
    renews = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who asks to be admitted anew, where it is registered already."),
    )
    name = models.CharField(max_length=200)
    credit_code = models.CharField(max_length=18)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    size = ChoiceField(OrganisationSize, help_text=_("As the applicant declares it."))
    representative = models.CharField(max_length=100, help_text=_("The legal representative."))
    contact_name = models.CharField(max_length=100)
    contact_phone = models.CharField(max_length=30)
    contact_email = models.EmailField()
    bank = models.CharField(max_length=100, blank=True)
    bank_holder = models.CharField(max_length=200, blank=True)
    bank_number = models.CharField(max_length=ACCOUNT_NUMBER_LENGTH, blank=True)
    language = models.CharField(max_length=10, blank=True, help_text=_("In which the applicant is written to."))
    nonce = models.CharField(max_length=32, help_text=_("From which the platform makes the secret of the link."))
    secret_hash = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the secret in the link."))
    applied_at = models.DateTimeField()
    waits_since = models.DateTimeField(help_text=_("Since when somebody has to act."))
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    question = models.CharField(max_length=500, blank=True, help_text=_("What is to be corrected or added."))
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    advice = ChoiceField(Advice, default=Advice.NONE)
    review_note = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True, help_text=_("Why it was refused, or withdrawn."))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="admissions", help_text=_("Who was admitted.")
    )
    objections_until = models.DateField(null=True, blank=True, help_text=_("Last day on which anybody may object."))
    admitted_until = models.DateField(
        null=True, blank=True, help_text=_("Last day of the licence that ends first; empty where none ends.")
    )
    warned_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("How many days ahead the last warning of its end was.")
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            paired("application", "returned"),
            paired("application", "reviewed"),
            paired("application", "decided"),
            models.CheckConstraint(
                condition=Q(status__in=("submitted", "returned", "withdrawn"), decided_at=None, organisation=None)
                | Q(status="reviewed", reviewed_at__isnull=False, decided_at=None, organisation=None)
                | Q(status="refused", reviewed_at__isnull=False, decided_at__isnull=False, organisation=None)
                & ~Q(reason="")
                | Q(
                    status="admitted",
                    reviewed_at__isnull=False,
                    decided_at__isnull=False,
                    organisation__isnull=False,
                    objections_until__isnull=False,
                ),
                name="application_status_is_its_facts",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(question=""), name="application_asks_something"
            ),
            models.CheckConstraint(
                condition=Q(advice="", reviewed_at=None) | Q(advice__in=("admit", "refuse"), reviewed_at__isnull=False),
                name="application_review_advises",
            ),
        )
        indexes = (
            models.Index(fields=("credit_code",), name="application_by_code"),
            models.Index(fields=("status", "waits_since"), name="application_waiting"),
            models.Index(fields=("organisation", "-id"), name="application_by_admitted"),
            models.Index(fields=("objections_until", "-id"), name="application_published"),
        )
        triggers = (
            *recorded(
                "application",
                fills="decided_at decided_by organisation objections_until admitted_until",
                changes="status waits_since returned_at returned_by question reviewed_at reviewed_by advice"
                f" review_note reason warned_days {_SAID}",
            ),
            Guard(
                name="application_needs_two_people",
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF TG_OP = 'INSERT' AND NEW.status <> 'submitted' THEN
                        RAISE EXCEPTION 'an application begins by being submitted' USING ERRCODE = 'PT006';
                    END IF;
                    IF TG_OP = 'UPDATE' AND OLD.status <> 'returned' AND (
                        NEW.kind, NEW.name, NEW.credit_code, NEW.region_id, NEW.size, NEW.representative,
                        NEW.contact_name, NEW.contact_phone, NEW.contact_email, NEW.bank, NEW.bank_holder,
                        NEW.bank_number
                    ) IS DISTINCT FROM (
                        OLD.kind, OLD.name, OLD.credit_code, OLD.region_id, OLD.size, OLD.representative,
                        OLD.contact_name, OLD.contact_phone, OLD.contact_email, OLD.bank, OLD.bank_holder,
                        OLD.bank_number
                    ) THEN
                        RAISE EXCEPTION 'an application changes only while it was asked back'
                            USING ERRCODE = 'PT006';
                    END IF;
                    IF (SELECT person_id FROM accounts_seat WHERE id = NEW.decided_by_id)
                        = (SELECT person_id FROM accounts_seat WHERE id = NEW.reviewed_by_id) THEN
                        RAISE EXCEPTION 'an application needs two people' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("accounts:application", args=[self.reference])

    @property
    def organisation_kind(self) -> str:
        """The kind of organisation that it becomes: clinics and pharmacies buy as hospitals do."""
        kinds = {
            ApplicantKind.COMPANY: OrganisationKind.SUPPLIER,
            ApplicantKind.DISTRIBUTOR: OrganisationKind.DISTRIBUTOR,
        }
        return kinds.get(ApplicantKind(self.kind), OrganisationKind.HOSPITAL)

    @property
    def masked_number(self) -> str:
        return masked(self.bank_number) if self.bank_number else ""


class ApplicationLicence(models.Model):
    """A licence that an applicant gave, with its file; one that was given anew stands beside the one it replaced."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="licences")
    kind = ChoiceField(LicenceKind)
    number = models.CharField(max_length=60)
    valid_until = models.DateField(null=True, blank=True, help_text=_("Last day; empty where it has none."))
    document_name = models.CharField(max_length=200)
    document = models.BinaryField(help_text=_("The file as it was uploaded."))
    sha256 = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("application", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("application", "kind", "number"),
                condition=Q(replaced_at=None),
                name="application_licence_once",
                violation_error_message=_("This licence stands there twice."),
            ),
        )
        triggers = recorded("application_licence", fills="replaced_at")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class AdmissionObjection(models.Model):
    """Somebody says why an organisation should not have been admitted; a person who did not admit it answers."""

    class Status(models.TextChoices):
        RAISED = "raised", _("waits for an answer")
        UPHELD = "upheld", _("upheld")
        DISMISSED = "dismissed", _("dismissed")

    MOVES = {Status.RAISED: {Status.UPHELD, Status.DISMISSED}}

    reference = models.CharField(max_length=20, unique=True)
    status = ChoiceField(Status, default=Status.RAISED)
    application = models.ForeignKey(Application, models.PROTECT, related_name="objections")
    reason = models.CharField(max_length=1000)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=1000, blank=True)

    objects = AdmissionObjectionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            paired("admission_objection", "raised"),
            paired("admission_objection", "answered"),
            models.CheckConstraint(
                condition=Q(status="raised", answered_at=None)
                | Q(status__in=("upheld", "dismissed"), answered_at__isnull=False) & ~Q(answer=""),
                name="admission_objection_status_is_its_facts",
            ),
            models.UniqueConstraint(
                fields=("application", "raised_by"),
                condition=Q(status="raised"),
                name="admission_objection_one_waits",
                violation_error_message=_("Your objection waits for its answer already."),
            ),
        )
        triggers = recorded("admission_objection", fills="answered_at answered_by answer", changes="status")

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("accounts:admission-objection", args=[self.reference])
