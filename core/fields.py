"""Columns for money, so that no other model declares digits of its own, and for choices."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from core.money import AMOUNT_DECIMALS, MONEY_DIGITS, PRICE_DECIMALS


class ExactField(models.DecimalField):
    """A decimal number that is stored as it is or not at all.

    PostgreSQL would round a decimal too many away without a word, and take NaN. Here saving, bulk
    saving and updating raise ValueError instead, and TypeError for a float.
    """

    digits: int
    decimals: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_digits": self.digits, "decimal_places": self.decimals})

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, float):
            raise TypeError(f"{self.name} is never a float")
        if isinstance(value, Decimal | int | str):
            self._refuse_what_does_not_fit(Decimal(value))
        return super().get_db_prep_save(value, connection)

    def _refuse_what_does_not_fit(self, value: Decimal) -> None:
        whole = self.digits - self.decimals
        fits = value.is_finite() and (not value or value.adjusted() < whole)
        if not fits or value != round(value, self.decimals):
            raise ValueError(f"{self.name} holds numbers of at most {whole} digits and {self.decimals} decimals")


class PriceField(ExactField):
    """A unit price: 6 decimals."""

    digits, decimals = MONEY_DIGITS, PRICE_DECIMALS


class AmountField(ExactField):
    """An amount of money: 2 decimals."""

    digits, decimals = MONEY_DIGITS, AMOUNT_DECIMALS


class RatioField(ExactField):
    """A conversion factor that is stored exactly: 9 decimals."""

    digits, decimals = 18, 9


class PointsField(ExactField):
    """Points of an evaluation: 2 decimals."""

    digits, decimals = 6, 2


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
        if any(held.name == check.name for held in cls._meta.constraints):
            return  # a model made from the state of migrations brings its constraints along
        cls._meta.constraints = [*cls._meta.constraints, check]
        cls._meta.original_attrs["constraints"] = cls._meta.constraints

    def deconstruct(self) -> Any:
        # Migrations hold a plain column and the constraint by itself, so that they never need this class.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
