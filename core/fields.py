"""Columns for money, so that no other model declares digits of its own, and for choices."""

from typing import Any

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from core.money import AMOUNT_DECIMALS, PRICE_DECIMALS


class PriceField(models.DecimalField):
    """A unit price: 6 decimals."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_digits": 18, "decimal_places": PRICE_DECIMALS})


class AmountField(models.DecimalField):
    """An amount of money: 2 decimals."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_digits": 18, "decimal_places": AMOUNT_DECIMALS})


class RatioField(models.DecimalField):
    """A conversion factor that is stored exactly: 9 decimals."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_digits": 18, "decimal_places": 9})


class PointsField(models.DecimalField):
    """Points of an evaluation: 2 decimals."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_digits": 6, "decimal_places": 2})


class ChoiceField(models.CharField):
    """One of the values of a ``TextChoices``, held by a CHECK in the database that comes with the column."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        # A class of choices in a model; a list of pairs where Django clones the field.
        self.values = tuple(getattr(choices, "values", None) or [value for value, _label in choices])
        fitting = {"max_length": max(map(len, self.values)), "blank": "" in self.values}
        super().__init__(choices=choices, **{**fitting, **kwargs})

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        check = CheckConstraint(
            condition=Q(**{f"{name}__in": self.values}),
            name=f"{cls._meta.model_name}_{name}_is_a_choice",
            violation_error_message=_("Choose one of the values offered."),
        )
        cls._meta.constraints = [*cls._meta.constraints, check]
        cls._meta.original_attrs["constraints"] = cls._meta.constraints

    def deconstruct(self) -> Any:
        # Migrations hold a plain column and the constraint by itself, so that they never need this class.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
