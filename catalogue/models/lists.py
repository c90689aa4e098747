"""The lists on which items and products stand: editions, each in force from a day on, with their entries."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Region, Seat
from catalogue.models.items import Item, Product, numbered
from catalogue.querysets import CatalogueListQuerySet, EditionEntryQuerySet, EditionQuerySet
from catalogue.rules.lists import KINDS, EntryShape, ListKind
from core.constraints import one_at_a_time, paired, positive
from core.fields import ChoiceField, PriceField
from core.triggers import Guard, recorded


class CatalogueList(models.Model):
    """A list of one kind, for the whole country or for a region; a supplement stands beside what it adds to."""

    class Kind(models.TextChoices):
        ESSENTIAL = "essential", _("essential drugs")
        INSURANCE = "insurance", _("insurance catalogue")
        CENTRALLY_PROCURED = "centrally_procured", _("centrally procured")
        CONSUMABLES_ACCESS = "consumables_access", _("consumables access")
        SHORTAGE = "shortage", _("shortage list")
        ZERO_MARKUP = "zero_markup", _("zero mark-up")

    reference = models.CharField(max_length=20, unique=True, editable=False, db_default=numbered("LI-", "list"))
    kind = ChoiceField(Kind)
    name = models.CharField(max_length=200)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Empty: the whole country.")
    )
    supplements = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supplemented_by",
        help_text=_("The list that this one adds to, as a province adds to the national one."),
    )
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = CatalogueListQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "pk")
        constraints = (
            paired("catalogue_list", "begun"),
            models.UniqueConstraint(
                fields=("kind", "region", "name"),
                nulls_distinct=False,
                name="catalogue_list_once",
                violation_error_message=_("This list is there already."),
            ),
            models.CheckConstraint(condition=~Q(supplements=F("id")), name="catalogue_list_supplements_another"),
        )
        triggers = recorded("catalogue_list")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalogue:list", args=[self.reference])

    @property
    def entries_say(self) -> EntryShape:
        """What an entry of this list says."""
        return KINDS[ListKind(self.kind)]


class Edition(models.Model):
    """What a list holds from a day on: drafted by one person, reviewed by another, and never changed after that.

    The next edition ends it. ``before`` is the edition in force when this one was drafted, which it is compared with.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        PROPOSED = "proposed", _("waits for a second person")
        PUBLISHED = "published", _("published")
        DISCARDED = "discarded", _("discarded")

    MOVES = {
        Status.DRAFT: {Status.PROPOSED, Status.DISCARDED},
        Status.PROPOSED: {Status.PUBLISHED, Status.DRAFT, Status.DISCARDED},
    }

    reference = models.CharField(max_length=20, unique=True, editable=False, db_default=numbered("ED-", "edition"))
    list = models.ForeignKey(CatalogueList, models.PROTECT, related_name="editions")
    before = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300, help_text=_("Notice or document that says so."))
    status = ChoiceField(Status, default=Status.DRAFT)
    valid_from = models.DateField(help_text=_("The day on which it takes effect."))
    valid_to = models.DateField(null=True, blank=True, help_text=_("Last day; empty until the next edition ends it."))
    removal_reason = models.CharField(
        max_length=300, blank=True, help_text=_("Why entries of the edition before are not in this one.")
    )
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    asked_back_at = models.DateTimeField(null=True, blank=True)
    asked_back_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    question = models.CharField(max_length=300, blank=True, help_text=_("What the reviewer asked last."))
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    discarded_at = models.DateTimeField(null=True, blank=True)
    discarded_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    discard_reason = models.CharField(max_length=300, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("-valid_from", "-pk")
        constraints = (
            *(paired("edition", fact) for fact in ("drafted", "proposed", "asked_back", "published", "discarded")),
            models.CheckConstraint(
                condition=Q(status="published", published_at__isnull=False, discarded_at=None)
                | Q(status="discarded", published_at=None, discarded_at__isnull=False) & ~Q(discard_reason="")
                | Q(status="proposed", proposed_at__isnull=False, published_at=None, discarded_at=None)
                | Q(status="draft", published_at=None, discarded_at=None),
                name="edition_status_is_its_facts",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(status="published", valid_to__gte=F("valid_from")),
                name="edition_ends_where_it_held",
            ),
            models.UniqueConstraint(
                fields=("list",),
                condition=Q(status__in=("draft", "proposed")),
                name="edition_one_in_preparation",
                violation_error_message=_("Another edition of this list is in preparation."),
            ),
            models.UniqueConstraint(
                fields=("list",), condition=Q(status="published", valid_to=None), name="edition_one_without_end"
            ),
            one_at_a_time(
                "edition",
                ("list",),
                _("Another edition of this list is in force in the same period."),
                only=Q(status="published"),
            ),
        )
        triggers = (
            *recorded(
                "edition",
                fills="published_at published_by discarded_at discarded_by discard_reason valid_to",
                changes="status title source valid_from removal_reason proposed_at proposed_by asked_back_at"
                " asked_back_by question",
            ),
            Guard(
                name="edition_is_published_by_two_people",
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF TG_OP = 'INSERT' THEN
                        IF NEW.status <> 'draft' THEN
                            RAISE EXCEPTION 'an edition begins as a draft' USING ERRCODE = 'PT006';
                        END IF;
                        RETURN NEW;
                    END IF;
                    IF OLD.status = 'published' AND to_jsonb(NEW) - 'valid_to' <> to_jsonb(OLD) - 'valid_to' THEN
                        RAISE EXCEPTION 'a published edition stays' USING ERRCODE = 'PT002';
                    END IF;
                    IF OLD.status = 'proposed' AND NEW.status IN ('proposed', 'published') AND
                        (NEW.title, NEW.source, NEW.valid_from, NEW.removal_reason, NEW.proposed_by_id) IS DISTINCT FROM
                        (OLD.title, OLD.source, OLD.valid_from, OLD.removal_reason, OLD.proposed_by_id) THEN
                        RAISE EXCEPTION 'what is reviewed stays' USING ERRCODE = 'PT006';
                    END IF;
                    IF (SELECT person_id FROM accounts_seat WHERE id = NEW.published_by_id)
                        IN (SELECT person_id FROM accounts_seat
                            WHERE id IN (NEW.drafted_by_id, NEW.proposed_by_id)) THEN
                        RAISE EXCEPTION 'an edition needs two people' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("catalogue:edition", args=[self.reference])

    @property
    def is_open(self) -> bool:
        """Whether it is still in preparation or waits for its review."""
        return self.status in (self.Status.DRAFT, self.Status.PROPOSED)


_IN_DRAFT = "(SELECT status FROM public.catalogue_edition WHERE id = {row}.edition_id) = 'draft'"


class EditionEntry(models.Model):
    """An item, or one product of it, on a list; which fields it has is a matter of the list's kind."""

    class Class(models.TextChoices):
        NONE = "", _("no class")
        A = "a", _("class A")
        B = "b", _("class B")
        NEGOTIATED = "negotiated", _("negotiated")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="entries")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Empty: the item, of any maker.")
    )
    entry_class = ChoiceField(Class, default=Class.NONE)
    restriction = models.CharField(max_length=500, blank=True, help_text=_("For whom or what it is paid or used."))
    payment_standard = PriceField(null=True, blank=True)
    units = models.PositiveIntegerField(default=1, help_text=_("Of how many base units the payment standard is."))
    note = models.CharField(max_length=300, blank=True)

    objects = EditionEntryQuerySet.as_manager()

    class Meta:
        ordering = ("edition", "item", "pk")
        constraints = (
            positive("edition_entry", "payment_standard"),
            positive("edition_entry", "units"),
            models.UniqueConstraint(
                fields=("edition", "item", "product"), nulls_distinct=False, name="edition_entry_once"
            ),
        )
        indexes = (models.Index(fields=("item", "edition"), name="edition_entry_by_item"),)
        triggers = (
            *recorded(
                "edition_entry",
                changes="entry_class restriction payment_standard units note",
                removed=_IN_DRAFT.format(row="OLD"),
            ),
            Guard(
                name="edition_entry_of_a_draft",
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                    IF NOT {_IN_DRAFT.format(row="NEW")} THEN
                        RAISE EXCEPTION 'only a draft changes its entries' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return str(self.product or self.item)
