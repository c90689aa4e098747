"""What openers prove and sign: canaries, minutes, and at the end that their keys are destroyed."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from core.constraints import paired
from core.triggers import Guard, append_only, recorded
from tenders.models.opening import OpeningRequest
from tenders.models.people import Opener
from tenders.querysets import MinutesQuerySet


class Canary(models.Model):
    """A secret sealed to an opener's key, to be opened before publication. The platform keeps its hash only."""

    opener = models.ForeignKey(Opener, models.CASCADE, related_name="canaries")
    document = models.BinaryField(help_text=_("Signed document sealed-bid-canary/1."))
    seal = models.BinaryField()
    expected = models.CharField(max_length=64, help_text=_("SHA-256 of what was sealed."))
    public_key = models.CharField(max_length=130, help_text=_("The key to which it was sealed."))
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("opener", "pk")
        constraints = (paired("canary", "issued"),)
        triggers = recorded("canary")

    def __str__(self) -> str:
        return f"{self.opener} {self.issued_at}"


class Minutes(models.Model):
    """What one opening did, lot by lot and envelope by envelope, written once when every verdict is there."""

    request = models.OneToOneField(OpeningRequest, models.PROTECT, related_name="minutes")
    body = models.BinaryField(help_text=_("Body of a document sealed-bid-minutes/1."))
    sha256 = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    objects = MinutesQuerySet.as_manager()

    class Meta:
        ordering = ("request",)
        triggers = append_only("minutes")

    def __str__(self) -> str:
        return str(self.request)

    @property
    def document(self) -> bytes:
        """The minutes with every signature so far, by place; not yet a document where nobody has signed."""
        signatures = self.signatures.order_by("opener__place").values_list("document", flat=True)
        lines = [bytes(signed).partition(b"\n")[2] for signed in signatures]
        return b"".join([bytes(self.body), b"\n", *lines])


class MinutesSignature(models.Model):
    """An opener's signature under minutes."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="signatures")
    opener = models.ForeignKey(Opener, models.PROTECT, related_name="minutes_signatures")
    document = models.BinaryField(help_text=_("The minutes signed by this opener."))
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("minutes", "opener__place")
        constraints = (
            models.UniqueConstraint(fields=("minutes", "opener"), name="minutes_signed_once_an_opener"),
            paired("minutes_signature", "signed"),
        )
        triggers = append_only("minutes_signature")

    def __str__(self) -> str:
        return f"{self.minutes} {self.opener_id}"


class KeyDestruction(models.Model):
    """An opener's last statement: every copy of its keys is destroyed."""

    opener = models.OneToOneField(Opener, models.PROTECT, related_name="destruction")
    document = models.BinaryField(help_text=_("Signed document sealed-bid-destruction/1."))
    destroyed_at = models.DateTimeField()
    destroyed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("opener",)
        constraints = (paired("key_destruction", "destroyed"),)
        triggers = (
            *append_only("key_destruction"),
            Guard(
                name="key_destruction_in_order",
                operation=pgtrigger.Insert,
                func="""
                    IF NOT tender_is_over((SELECT tender_id FROM tenders_opener WHERE id = NEW.opener_id)) THEN
                        RAISE EXCEPTION 'keys are kept until nothing can be opened any more' USING ERRCODE = 'PT003';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return str(self.opener)
