"""Programs of organisations: a hospital's or a distributor's own system, with a seat of its own."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.organisations import Organisation
from accounts.models.seats import Seat, SeatToken
from accounts.querysets import SystemQuerySet
from core.constraints import paired
from core.fields import ChoiceField
from core.triggers import recorded


class System(models.Model):
    """A program that acts for its organisation until a day, whoever comes and goes.

    One person proposes it and another confirms it; then it has a seat, and tokens are made for that. It has no e-mail
    address, never signs in, and does only what ``accounts.permissions.SYSTEM_MAY`` leaves to programs.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("system", "waits for a second person")
        CONFIRMED = "confirmed", pgettext_lazy("system", "confirmed")
        DECLINED = "declined", pgettext_lazy("system", "declined")

    MOVES = {Status.PROPOSED: {Status.CONFIRMED, Status.DECLINED}}

    reference = models.CharField(max_length=20, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="systems")
    name = models.CharField(max_length=60)
    roles = ArrayField(models.CharField(max_length=30))
    ends_on = models.DateField(help_text=_("Its last day."))
    status = ChoiceField(Status, default=Status.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    seat = models.OneToOneField(Seat, models.PROTECT, null=True, blank=True, related_name="system")

    objects = SystemQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            paired("system", "proposed"),
            paired("system", "confirmed"),
            paired("system", "declined"),
            models.CheckConstraint(
                condition=Q(status="confirmed", seat__isnull=False) | ~Q(status="confirmed") & Q(seat=None),
                name="system_confirmed_has_a_seat",
            ),
        )
        triggers = recorded("system", fills="confirmed_at confirmed_by declined_at declined_by seat", changes="status")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounts:system", args=[self.reference])


class TokenUse(models.Model):
    """The last day on which a token was used, and from where (``core.origin.place``)."""

    token = models.OneToOneField(SeatToken, models.PROTECT, related_name="use")
    last_on = models.DateField()
    place = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        return str(self.last_on)
