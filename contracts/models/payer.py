"""Who pays and who is paid: dated rules that a contract names, read for each debt on its first day."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Region, Seat
from contracts.querysets import RuleRowQuerySet
from core.constraints import in_order, one_at_a_time, paired
from core.fields import ChoiceField
from core.triggers import recorded


class PayerRule(models.Model):
    """A rule of an agency's of who pays and who is paid, which contracts name by its code. Without a row the agency
    pays centrally whoever delivers, which is the ordinary case."""

    ORDINARY = "central"

    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)

    class Meta:
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=("agency", "code"), name="payer_rule_once"),)
        triggers = recorded("payer_rule")

    def __str__(self) -> str:
        return self.code


class RuleRow(models.Model):
    """What a row of a rule speaks of, from one day to another: a region and what lies in it, an institution, a list of
    products, or all."""

    rule = models.ForeignKey(PayerRule, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    institution = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    product_list = models.CharField(
        max_length=40, blank=True, help_text=_("Code of a list of products; matches once the catalogue keeps lists.")
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text=_("Last day; empty while open-ended."))
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = RuleRowQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-valid_from", "-pk")

    def __str__(self) -> str:
        return self.reference


def _once(table: str, message: Any) -> ExclusionConstraint:
    """Of the rows of one rule no two speak of the same on one day."""
    scope = (Coalesce(F("region"), Value("")), Coalesce(F("institution"), Value(0)), "product_list")
    return one_at_a_time(table, ("rule", *scope), message)


class PayerRow(RuleRow):
    """Who pays what is owed from these days on."""

    class Who(models.TextChoices):
        AGENCY = "agency", _("the procurement agency")
        HOSPITAL = "hospital", _("the hospital itself")
        ORGANISATION = "organisation", _("a named payer")

    who = ChoiceField(Who)
    payer = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(RuleRow.Meta):
        constraints = (
            paired("payer_row", "set"),
            in_order("payer_row", "valid_from", "valid_to"),
            models.CheckConstraint(
                condition=Q(who="organisation", payer__isnull=False) | ~Q(who="organisation") & Q(payer=None),
                name="payer_row_names_its_payer",
                violation_error_message=_("Name the payer, where it is neither the agency nor the hospital."),
            ),
            _once("payer_row", _("Another row says who pays for the same in the same period.")),
        )
        triggers = recorded("payer_row", changes="institution payer valid_to")


class PayeeRow(RuleRow):
    """Who is paid what is owed from these days on: central settlement may go to the supplier, whoever brought the
    goods; where two invoices are the rule, to the distributor that delivers and invoices."""

    class Whom(models.TextChoices):
        SUPPLIER = "supplier", _("the supplier")
        DELIVERER = "deliverer", _("whoever delivers")

    whom = ChoiceField(Whom)

    class Meta(RuleRow.Meta):
        constraints = (
            paired("payee_row", "set"),
            in_order("payee_row", "valid_from", "valid_to"),
            _once("payee_row", _("Another row says who is paid for the same in the same period.")),
        )
        triggers = recorded("payee_row", changes="institution valid_to")
