"""Who has had which part in a tender."""

from django.db import models

from accounts.models import Person
from accounts.permissions import Permission
from core.fields import ChoiceField
from core.triggers import append_only
from tenders.models.tender import Tender
from tenders.querysets import PartQuerySet


class Part(models.Model):
    """That a person has done something of a kind in a tender, whatever seat they did it from: written with the first
    such act, in whatever room, and kept for ever. What excludes what is read from here."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="parts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    permission = ChoiceField(Permission)
    at = models.DateTimeField()

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ("tender", "pk")
        constraints = (models.UniqueConstraint(fields=("tender", "person", "permission"), name="part_once"),)
        triggers = append_only("part")

    def __str__(self) -> str:
        return f"{self.tender} {self.person_id}: {self.permission}"
