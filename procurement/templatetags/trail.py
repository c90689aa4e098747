"""What every room tells about one thing: its timeline, its steps and views, and what belongs to it."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import Filing
from accounts.permissions import Permission
from accounts.presentation import may_decide
from procurement import shell
from tenders.models import Lot, Tender

register = template.Library()


@register.inclusion_tag("_components/timeline.html", takes_context=True)
def timeline(context: dict[str, Any], *subjects: str, title: str = "", **data: Any) -> dict[str, Any]:
    """``{% timeline tender.reference %}``: a panel of the events that the reader may see, newest first.

    ``{% timeline tender.reference lot=lot.number %}`` keeps to those whose data say so.
    """
    return {"events": shell.timeline(subjects, context["request"].seat, data), "title": title}


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


@register.inclusion_tag("procurement/_filing.html", takes_context=True)
def filing_acts(context: dict[str, Any], filing: Filing) -> dict[str, Any]:
    """``{% filing_acts filing %}``: what the reader may do with a filing, which every room confirms."""
    seat = context["request"].seat
    waits = filing.status == Filing.Status.PROPOSED and seat.may(Permission.MANAGE_ORGANISATIONS)
    return {"filing": filing, "decides": may_decide(filing, seat), "declines": waits}


@register.inclusion_tag("procurement/_passing.html")
def passing(filing: Filing) -> dict[str, Any]:
    """``{% passing filing %}``: what is open of an organisation, and passes once this is confirmed."""
    tells = filing.status == Filing.Status.PROPOSED and filing.kind in (*Filing.ENDINGS, Filing.Kind.LIQUIDATION)
    found = shell.passing(filing.organisation, timezone.now()) if tells else []
    return {"filing": filing, "tells": tells, "rows": found}


@register.inclusion_tag("_components/steps.html")
def steps(tender: Tender, lot: Lot | None = None) -> dict[str, Any]:
    """``{% steps tender %}``, ``{% steps tender lot %}``: how far the tender, or the lot alone, is."""
    return {"steps": shell.steps(tender, lot, timezone.now())}


@register.inclusion_tag("_components/tabs.html", takes_context=True)
def tender_tabs(context: dict[str, Any], tender: Tender, current: str) -> dict[str, Any]:
    """``{% tender_tabs tender "opening" %}``: the views of a tender that the seat may open; ``current`` is the name of
    the one that the page is."""
    found = shell.tabs(tender, context["request"].seat)
    tabs = [{"label": tab.label, "url": tab.url, "current": tab.name == current, "count": None} for tab in found]
    return {"tabs": tabs, "label": _("Views of the tender")}


@register.simple_tag(takes_context=True)
def lot_parts(context: dict[str, Any], lot: Lot) -> SafeString:
    """``{% lot_parts lot %}``: what later rooms show on the page of a lot, each by a template of its own."""
    request = context["request"]
    parts = shell.lot_parts(lot, request.seat, timezone.now())
    return format_html_join("", "{}", ((render_to_string(part.template, part.context, request),) for part in parts))
