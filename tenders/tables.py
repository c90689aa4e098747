"""The lists of demand and tenders."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from catalogue.models import Item
from core.tables import Column, Empty, Filter, Table
from tenders.models import RuleSet, RuleSetDraft, Tender

STAGES = (
    ("draft", gettext_lazy("in preparation")),
    ("open", gettext_lazy("open for bids")),
    ("closed", gettext_lazy("bids closed")),
    ("completed", gettext_lazy("completed")),
    ("cancelled", gettext_lazy("cancelled")),
)
_TONES = {"draft": "quiet", "open": "accent", "closed": "info", "completed": "good", "cancelled": "bad"}


def stage_of(tender: Tender, now: datetime) -> str:
    """Where a tender stands at an instant: one of ``STAGES``."""
    if tender.status != Tender.Status.PUBLISHED:
        return str(tender.status)
    if tender.open_for_bids(now):
        return "open"
    return "closed" if tender.runs else "completed"


def stage_label(tender: Tender, now: datetime) -> str:
    return str(dict(STAGES)[stage_of(tender, now)])


def stage_tone(tender: Tender, now: datetime) -> str:
    return _TONES[stage_of(tender, now)]


def _matching(tenders: Any, text: str) -> QuerySet:
    return tenders.matching(text)


def tender_table(now: datetime, *, page: str = "tenders:tender") -> type[Table]:
    """The list of tenders as of an instant, because whether one is open follows from the clock.

    ``page`` is where a line leads: to the tender, or for the world to its notice.
    """

    def in_stage(tenders: QuerySet, stage: str) -> QuerySet:
        match stage:
            case "open":
                narrowed = Tender.objects.open_for_bids(now)
            case "closed" | "completed":
                narrowed = Tender.objects.closed(now)
                tenders = tenders.filter(runs=stage == "closed")
            case _:
                narrowed = Tender.objects.filter(status=stage)
        return tenders.filter(pk__in=narrowed.order_by().values("pk"))

    class TenderTable(Table):
        name = "tenders"
        caption = gettext_lazy("Tenders")
        key = "reference"
        default_sort = "-deadline"
        columns = (
            Column(
                "reference",
                gettext_lazy("Tender"),
                url=lambda tender: reverse(page, args=[tender.reference]),
                sort="reference",
            ),
            Column("title", gettext_lazy("Title"), sort="title"),
            Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind"),
            Column(
                "stage",
                gettext_lazy("Status"),
                value=lambda tender: stage_label(tender, now),
                kind="status",
                tone=lambda tender: stage_tone(tender, now),
            ),
            Column("lots", gettext_lazy("Lots"), value="lot_count", kind="number", sort="lot_count"),
            Column("published", gettext_lazy("Published"), value="published_at", kind="instant", sort="published_at"),
            Column("deadline", gettext_lazy("Bids due before"), kind="instant", sort="deadline"),
        )
        filters = (
            Filter("q", forms.CharField(label=gettext_lazy("Title, number or medicine")), _matching),
            Filter("status", forms.ChoiceField(label=gettext_lazy("Status"), choices=STAGES), in_stage),
            Filter("kind", forms.ChoiceField(label=gettext_lazy("Kind"), choices=Item.Kind), "kind"),
        )
        empty = Empty(
            gettext_lazy("No tender yet"),
            gettext_lazy("A tender is prepared from locked demand, and seen by suppliers when it is published."),
        )

    return TenderTable


class RuleSetTable(Table):
    """The rule sets in force."""

    name = "rule-sets"
    caption = gettext_lazy("Rule sets in force")
    default_sort = "code"
    columns = (
        Column(
            "title", gettext_lazy("Rule set"), value=lambda rules: gettext(rules.title), url=RuleSet.get_absolute_url
        ),
        Column("code", gettext_lazy("Code"), sort="code"),
        Column("version", gettext_lazy("Version"), kind="number", sort="version"),
        Column("valid_from", gettext_lazy("In force from"), kind="date", sort="valid_from"),
        Column("source", gettext_lazy("Source"), value=lambda rules: gettext(rules.source), kind="prose"),
    )
    empty = Empty(
        gettext_lazy("No rule set is in force"),
        gettext_lazy("Those that came with the platform wait below as drafts: propose one; a second person decides."),
    )


_FOR = (("False", gettext_lazy("use")), ("True", gettext_lazy("trial only")))
_DRAFT_TONES = {"drafted": "quiet", "proposed": "warn", "in_force": "good", "refused": "bad"}


def draft_tone(draft: RuleSetDraft) -> str:
    return _DRAFT_TONES.get(draft.status, "quiet")


class RuleSetDraftTable(Table):
    """What was written, and what became of it."""

    name = "rule-set-drafts"
    caption = gettext_lazy("Drafts")
    default_sort = "-drafted"
    columns = (
        Column("reference", gettext_lazy("Draft"), kind="reference", url=RuleSetDraft.get_absolute_url),
        Column(
            "title", gettext_lazy("Rule set"), value=lambda draft: gettext(draft.title), note=lambda draft: draft.code
        ),
        Column(
            "status", gettext_lazy("Status"), value="get_status_display", kind="status", tone=draft_tone, sort="status"
        ),
        Column(
            "closed",
            gettext_lazy("For"),
            value=lambda draft: gettext("trial only") if draft.closed else gettext("use"),
            sort="closed",
        ),
        Column(
            "by",
            gettext_lazy("By"),
            value=lambda draft: draft.drafted_by.person.name if draft.drafted_by else gettext("the release"),
        ),
        Column("drafted", gettext_lazy("Drafted"), value="drafted_at", kind="instant", sort="drafted_at"),
        Column("from", gettext_lazy("To hold from"), value="valid_from", kind="date"),
    )
    filters = (
        Filter("status", forms.ChoiceField(label=gettext_lazy("Status"), choices=RuleSetDraft.Status), "status"),
        Filter(
            "closed",
            forms.ChoiceField(label=gettext_lazy("For"), choices=_FOR),
            "closed",
        ),
    )
    empty = Empty(
        gettext_lazy("No draft"), gettext_lazy("Begin one from a rule set that is in force: open it and draft from it.")
    )
