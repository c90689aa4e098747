"""A table of no room, on which the columns and moves of core are tried."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models
from django.test.utils import isolate_apps

from core.constraints import in_order, not_negative, paired, positive
from core.fields import AmountField, ChoiceField, PointsField, PriceField, RatioField

# A registry of its own, so that no migration is found missing.
with isolate_apps("core"):

    class Thing(models.Model):
        class Status(models.TextChoices):
            DRAFT = "draft", "draft"
            OPEN = "open", "open"
            SHUT = "shut", "shut"

        MOVES = {Status.DRAFT: (Status.OPEN,), Status.OPEN: (Status.SHUT,)}

        status = ChoiceField(Status, default=Status.DRAFT)
        colour = ChoiceField(models.TextChoices("Colour", "RED BLUE"), null=True)
        price = PriceField(null=True)
        amount = AmountField(null=True)
        ratio = RatioField(null=True)
        points = PointsField(null=True)
        packs = models.IntegerField(null=True)
        moved_at = models.DateTimeField(null=True)
        moved_by = models.IntegerField(null=True)
        starts_on = models.DateField(null=True)
        ends_on = models.DateField(null=True)

        class Meta:
            app_label = "core"
            constraints = (
                paired("thing", "moved"),
                positive("thing", "packs"),
                not_negative("thing", ["amount", "points"]),
                in_order("thing", "starts_on", "ends_on"),
            )

        def __str__(self) -> str:
            return self.status


def make_table() -> None:
    """In the transaction of a test, whose end removes it."""
    with connection.schema_editor() as editor:
        editor.create_model(Thing)


@contextmanager
def table_of_things() -> Iterator[None]:
    """For tests that commit."""
    make_table()
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(Thing)
