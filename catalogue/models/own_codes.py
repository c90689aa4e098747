"""What an organisation's own system calls an item or a product: a hospital's or a distributor's code."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from catalogue.models.items import Item, Product
from catalogue.querysets import OwnCodeQuerySet
from core.constraints import paired
from core.triggers import recorded


class OwnCode(models.Model):
    """One code of an organisation names one thing; a thing may have several. Nobody else reads it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    code = models.CharField(max_length=80)
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = OwnCodeQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = (
            paired("own_code", "set"),
            models.UniqueConstraint(fields=("organisation", "code"), name="own_code_names_one_thing"),
            models.CheckConstraint(condition=~Q(code=""), name="own_code_is_not_empty"),
            models.CheckConstraint(
                condition=Q(item=None, product__isnull=False) | Q(item__isnull=False, product=None),
                name="own_code_of_an_item_or_a_product",
                violation_error_message=_("Name an item or a product, not both."),
            ),
        )
        triggers = recorded("own_code", changes="item product set_at set_by", removed=True)

    def __str__(self) -> str:
        return self.code
