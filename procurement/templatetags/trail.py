"""What every room tells about one thing: its timeline and what belongs to it."""

from typing import Any

from django import template

from procurement import shell

register = template.Library()


@register.inclusion_tag("_components/timeline.html", takes_context=True)
def timeline(context: dict[str, Any], *subjects: str, **data: Any) -> dict[str, Any]:
    """``{% timeline tender.reference %}``: the events that the reader may see, newest first.

    ``{% timeline tender.reference lot=lot.number %}`` keeps to those whose data say so.
    """
    return {"events": shell.timeline(subjects, context["request"].seat, data)}


@register.inclusion_tag("_components/onward.html", takes_context=True)
def onward(context: dict[str, Any], reference: str) -> dict[str, Any]:
    """``{% onward window.reference %}``: buttons to what later rooms make of this thing."""
    seat = context["request"].seat
    return {"steps": shell.onward(reference, seat) if seat else []}


@register.inclusion_tag("_components/related.html", takes_context=True)
def related(context: dict[str, Any], reference: str) -> dict[str, Any]:
    """``{% related tender.reference %}``: things of all rooms that belong to this one."""
    seat = context["request"].seat
    return {"things": shell.related(reference, seat) if seat else []}
