"""What this room adds to the public record of a tender: its decisions, so that everybody can recompute them.

``decisions``, by lot and proposal: ``lot`` and ``number``; ``status``; ``set_aside``, the bid that is not
proposed again, or None; ``awards`` by place, each a ``kind`` and a ``bid``; ``regions``, each with ``hospitals`` (how
many), and ``parts``: by place, what its winner supplies there in base units of the main specification. Hospitals are
not named: each, and each winner, reads its own rows on the platform. ``followed``: awards that ended because nobody
signed, each with ``place``, ``end``, ``ended_at``, its ``offers`` to the next in rank (``bid``, ``price``, ``extra``,
``answer``: accepted, declined or empty), and ``replaced_by``: place and bid of the award that has its volume, or None.
"""

from collections import defaultdict
from typing import Any

from django.db.models import Count, Sum

from awards.models import Allocation, Award, Decision
from tenders.models import Tender


def decisions_of(tender: Tender) -> list[dict[str, Any]]:
    """Every decision on the lots of a tender, withdrawn ones too."""
    decisions = Decision.objects.filter(lot__tender=tender).select_related("lot", "lot__tender")
    regions = _regions_of(tender)
    return [
        _said(decision, regions[decision.pk])
        for decision in decisions.order_by("lot__number", "number").prefetch_related(
            "awards__letter__offers", "awards__replaced_by"
        )
    ]


def _said(decision: Decision, regions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    named = sorted(decision.awards.all(), key=lambda award: award.place)
    awards = [award for award in named if award.replaces_id is None]
    aside = [award.bid for award in awards if award.place == decision.set_aside]
    return {
        "lot": decision.lot.key,
        "number": decision.number,
        "status": decision.status,
        "set_aside": aside[0] if aside else None,
        "awards": [{"place": award.place, "kind": award.kind, "bid": award.bid} for award in awards],
        "regions": [{"region": code, **told} for code, told in sorted(regions.items())],
        "followed": [_followed(award) for award in named if has_ended(award)],
    }


def has_ended(award: Award) -> bool:
    """Whether an award, fetched with its letter, ended because nobody signed."""
    return getattr(award, "letter", None) is not None and award.letter.ended_at is not None


def _followed(award: Award) -> dict[str, Any]:
    letter, after = award.letter, getattr(award, "replaced_by", None)
    return {
        "place": award.place,
        "end": letter.end,
        "ended_at": letter.ended_at.isoformat(),
        "offers": [
            {
                "bid": offer.bid,
                "price": str(offer.price),
                "extra": str(offer.extra),
                "answer": "accepted" if offer.accepted_at else "declined" if offer.declined_at else "",
            }
            for offer in letter.offers.all()
        ],
        "replaced_by": after and {"place": after.place, "bid": after.bid},
    }


def _regions_of(tender: Tender) -> dict[int, dict[str, dict[str, Any]]]:
    """By decision and region how many hospitals there are, and what each place supplies."""
    # What replaces an award has its volume again: counted once, where the rule put it.
    rows = Allocation.objects.filter(decision__lot__tender=tender, award__replaces=None).order_by()
    found: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    hospitals = rows.values_list("decision", "region").annotate(Count("hospital", distinct=True))
    for decision, region, count in hospitals:
        found[decision][region] = {"hospitals": count, "parts": []}
    parts = rows.values_list("decision", "region", "award__place").annotate(Sum("quantity"))
    for decision, region, place, units in parts.order_by("decision", "region", "award__place"):
        found[decision][region]["parts"].append({"place": place, "quantity": str(units)})
    return found
