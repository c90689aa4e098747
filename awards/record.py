"""What this room adds to the public record of a tender: its decisions, so that everybody can recompute them.

``decisions``, by lot and proposal: ``lot`` and ``number``; ``status``; ``set_aside``, the bid that is not
proposed again, or None; ``steps``: what became of each ranked bid, with its numbers; ``agreed``, the share of the
need that is agreed; ``awards`` by place, each a ``kind`` and a ``bid``; ``regions``, each with ``hospitals`` (how
many), what they ``needed``, and ``parts``: by place, what its winner supplies there, both in base units of the main
specification. Hospitals are not named: each, and each winner, reads its own rows on the platform.
"""

from collections import defaultdict
from typing import Any

from django.db.models import Sum

from awards.models import Allocation, Decision
from tenders.models import Tender
from tenders.volumes import hospital_needs


def decisions_of(tender: Tender) -> list[dict[str, Any]]:
    """Every decision on the lots of a tender, withdrawn ones too."""
    decisions = Decision.objects.filter(lot__tender=tender).select_related("lot", "lot__tender")
    regions = _regions_of(tender)
    return [
        _said(decision, regions[decision.pk])
        for decision in decisions.order_by("lot__number", "number").prefetch_related("awards")
    ]


def _said(decision: Decision, regions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    awards = sorted(decision.awards.all(), key=lambda award: award.place)
    aside = [award.bid for award in awards if award.place == decision.set_aside]
    return {
        "lot": decision.lot.key,
        "number": decision.number,
        "status": decision.status,
        "set_aside": aside[0] if aside else None,
        "agreed": f"{decision.agreed.normalize():f}",
        "steps": decision.steps,
        "awards": [{"place": award.place, "kind": award.kind, "bid": award.bid} for award in awards],
        "regions": [{"region": code, **told, "needed": str(told["needed"])} for code, told in sorted(regions.items())],
    }


def _regions_of(tender: Tender) -> dict[int, dict[str, dict[str, Any]]]:
    """By decision and region how many hospitals there are, what they needed, and what each place supplies."""
    needs = hospital_needs(tender)
    rows = Allocation.objects.filter(decision__lot__tender=tender).order_by()
    # A hospital that moved since counts where it was when it was decided.
    was_in = {
        (decision, hospital): region
        for decision, hospital, region in rows.values_list("decision", "hospital", "region")
    }
    found: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    for decision, lot in Decision.objects.filter(lot__tender=tender).values_list("pk", "lot"):
        for hospital, (region, units) in needs[lot].items():
            code = was_in.get((decision, hospital), region)
            told = found[decision].setdefault(code, {"hospitals": 0, "needed": 0, "parts": []})
            told["hospitals"] += 1
            told["needed"] += units
    parts = rows.values_list("decision", "region", "award__place").annotate(Sum("quantity"))
    for decision, region, place, units in parts.order_by("decision", "region", "award__place"):
        found[decision][region]["parts"].append({"place": place, "quantity": str(units)})
    return found
