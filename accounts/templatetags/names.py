"""What organisations are called."""

from datetime import date

from django import template

from accounts.models import Organisation

register = template.Library()


@register.filter
def name_on(organisation: Organisation, day: date) -> str:
    """``{{ contract.supplier|name_on:signed_on }}``: documents of the past print the name of their day."""
    return organisation.name_on(day)
