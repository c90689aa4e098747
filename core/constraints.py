"""The constraints that many tables share, each with a name and a sentence that a person can read."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db.models import CheckConstraint, F, Func, Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _


def paired(table: str, fact: str) -> CheckConstraint:
    """A human act has an instant and a person: ``<fact>_at`` and ``<fact>_by``, both or neither."""
    return CheckConstraint(
        condition=Q(**{f"{fact}_at__isnull": True, f"{fact}_by__isnull": True})
        | Q(**{f"{fact}_at__isnull": False, f"{fact}_by__isnull": False}),
        name=f"{table}_{fact}_at_and_by",
        violation_error_message=_("An act needs both its time and its person."),
    )


def positive(table: str, field: str) -> CheckConstraint:
    """The number is above zero (or absent)."""
    return CheckConstraint(
        condition=Q(**{f"{field}__gt": 0}),
        name=f"{table}_{field}_above_zero",
        violation_error_message=_("Enter a number above zero."),
    )


def not_negative(table: str, fields: Iterable[str]) -> CheckConstraint:
    """None of the numbers is below zero."""
    fields = tuple(fields)
    return CheckConstraint(
        condition=Q(**{f"{field}__gte": 0 for field in fields}),
        name=f"{table}_{fields[0]}_not_negative",
        violation_error_message=_("A number cannot be below zero."),
    )


def one_at_a_time(
    table: str, same: Iterable[str | Combinable], message: Any, only: Q | None = None, *, last_included: bool = True
) -> ExclusionConstraint:
    """Of the rows that are the ``same`` in all these, no two hold on one day, ``valid_from`` to ``valid_to``, both days
    included (the last not, without ``last_included``) and the last open where it is empty. ``message`` is what a second
    is told; ``only`` which rows it is about.
    """
    period = Func(
        F("valid_from"),
        F("valid_to"),
        RangeBoundary(inclusive_upper=last_included),
        function="daterange",
        output_field=DateRangeField(),
    )
    sides: list[tuple[Combinable, str]] = [
        (F(one) if isinstance(one, str) else one, RangeOperators.EQUAL) for one in same
    ]
    return ExclusionConstraint(
        name=f"{table}_one_at_a_time",
        violation_error_message=message,
        expressions=(*sides, (period, RangeOperators.OVERLAPS)),
        condition=only,
    )


def in_order(table: str, first: str, last: str) -> CheckConstraint:
    """``first`` is not after ``last``; either may be absent."""
    return CheckConstraint(
        condition=Q(**{f"{first}__lte": F(last)}),
        name=f"{table}_{first}_not_after_{last}",
        violation_error_message=_("The end cannot be before the start."),
    )
