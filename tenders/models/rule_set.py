"""Rules of procedures as data: dated and versioned."""

from django.db import models

from core.constraints import in_order
from core.triggers import recorded
from tenders.querysets import RuleSetQuerySet


class RuleSet(models.Model):
    """Dated, versioned rules of a procedure: data that is frozen onto a tender at its publication.

    ``body`` has the shape of ``selection.ruleset.RuleSet``.
    """

    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    body = models.JSONField()

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        ordering = ("code", "-version")
        constraints = (
            models.UniqueConstraint(fields=("code", "version"), name="rule_set_version"),
            in_order("rule_set", "valid_from", "valid_to"),
        )
        triggers = recorded("rule_set")

    def __str__(self) -> str:
        return f"{self.code}/{self.version}"
