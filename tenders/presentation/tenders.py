"""What the pages of a tender show, gathered in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import Seat
from accounts.permissions import Permission
from core.clock import legal_date
from core.errors import Fault
from core.money import quantize_amount
from core.shell import Decided
from core.templatetags.ui import money, price, quantity
from selection.ruleset import RuleSet, from_json
from tenders.actions.preparation import in_words
from tenders.keylist import current_openers, fingerprint, has_signed
from tenders.models import Close, Evaluator, Lot, LotItem, Opener, Tender
from tenders.notice import PublishedNotice
from tenders.renewal import is_renewed, places_to_give
from tenders.tables import stage_label, stage_of, stage_tone
from tenders.volumes import hospitals_of, volume_of, volumes_of

PEOPLE_READERS = (Permission.PREPARE_TENDER, Permission.READ_TRAIL, Permission.OPEN_ENVELOPES)
LOT_TONES: Mapping[str, str] = {
    Lot.Ending.NONE: "info",
    Lot.Ending.AWARDED: "good",
    Lot.Ending.TOO_FEW: "warn",
}


def lot_tone(lot: Lot) -> str:
    """The tone of a lot's ``standing``."""
    return "" if lot.status == Lot.Status.OPEN else LOT_TONES.get(lot.ending, "bad")


@dataclass(frozen=True)
class LotRow:
    """A lot as a line of its tender. ``volume`` counts base units of the reference item."""

    lot: Lot
    items: tuple[LotItem, ...]
    volume: Decimal
    hospitals: int

    @property
    def unit(self) -> str:
        return self.items[0].item.base_unit if self.items else ""

    @property
    def tone(self) -> str:
        return lot_tone(self.lot)


@dataclass(frozen=True)
class DraftPart:
    """A part of the draft on its checklist: what it still lacks, and where that is mended."""

    label: str | Promise
    url: str
    faults: list[Fault] = field(default_factory=list)


PARTS: Mapping[str, tuple[Promise, str]] = {
    "demand": (gettext_lazy("Demand"), "tenders:change-tender"),
    "rules": (gettext_lazy("Rule set"), "tenders:change-tender"),
    "lots": (gettext_lazy("Lots"), "tenders:set-lots"),
    "schedule": (gettext_lazy("Schedule"), "tenders:set-schedule"),
    "criteria": (gettext_lazy("Criteria"), "tenders:set-criteria"),
    "people": (gettext_lazy("Openers and evaluators"), "tenders:people"),
}


def checklist(tender: Tender, faults: Iterable[Fault]) -> list[DraftPart]:
    """The parts of a draft in the order of work, each with what it lacks."""
    found: dict[str, list[Fault]] = defaultdict(list)
    for fault in faults:
        found[fault.field].append(fault)
    return [
        DraftPart(label, reverse(url, args=[tender.reference]), found[name]) for name, (label, url) in PARTS.items()
    ]


def lot_rows(tender: Tender) -> list[LotRow]:
    """The lots with their items and volumes: those frozen at publication, before it those of the demand."""
    parts: dict[int, list[LotItem]] = defaultdict(list)
    for part in LotItem.objects.filter(lot__tender=tender).select_related("item").order_by("pk"):
        parts[part.lot_id].append(part)
    volumes, hospitals = volumes_of(tender), hospitals_of(tender)
    return [
        LotRow(
            lot=lot,
            items=tuple(parts[lot.pk]),
            volume=volume_of(parts[lot.pk], volumes),
            hospitals=hospitals.get(lot.pk, 0),
        )
        for lot in tender.lots.prefetch_related("parts__item").order_by("number")
    ]


def tender_context(tender: Tender, seat: Seat, now: datetime) -> dict[str, Any]:
    """Everything that the page of a tender and the workspace of a draft share."""
    own = seat.organisation_id == tender.agency_id
    rows = lot_rows(tender)
    publishes = own and seat.may(Permission.PUBLISH_TENDER)
    return {
        "tender": tender,
        "now": now,
        "today": legal_date(now),
        "stage": stage_of(tender, now),
        "stage_label": stage_label(tender, now),
        "stage_tone": stage_tone(tender, now),
        "rows": rows,
        "criteria": list(tender.criteria.all()),
        "facts": tender_facts(tender),
        "rule_facts": rule_facts(tender),
        "prepares": own and seat.may(Permission.PREPARE_TENDER),
        "publishes": publishes,
        "cancels": publishes and tender.may_be_cancelled(),
        "changes_terms": publishes and tender.open_for_bids(now),
        "prepared_last": tender.prepared_by.person_id == seat.person_id,
        "holds_key": Opener.objects.filter(tender=tender, seat=seat, replaced_at=None).exists(),
        "next_act": next_act(tender, seat, now),
    }


def next_act(tender: Tender, seat: Seat, now: datetime) -> dict[str, str]:
    """What this seat most probably comes to the tender for; empty: to read."""
    stage = stage_of(tender, now)
    evaluator = Evaluator.objects.filter(tender=tender, seat=seat, replaced_at=None).first()
    if stage == "cancelled":
        return {}
    if evaluator and not evaluator.declared_at:
        return _act(_("Declare your interests"), "declare-interest", tender)
    if evaluator and stage == "closed":
        return _act(_("Evaluate"), "evaluation", tender)
    if stage == "open" and seat.may(Permission.BID):
        return _act(_("Bid in this tender"), "tender-bids", tender)
    if stage == "draft" and seat.may(Permission.OPEN_ENVELOPES):
        return _act(_("Your key"), "make-key", tender)
    return {}


def _act(label: str, name: str, tender: Tender) -> dict[str, str]:
    return {"label": label, "url": reverse(f"tenders:{name}", args=[tender.reference])}


def tender_facts(tender: Tender) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("Agency"), "value": tender.agency.name},
        {"label": _("Kind"), "value": tender.get_kind_display()},
        {"label": _("Region"), "value": tender.region.full_name},
        {"label": _("Envelopes"), "value": _envelopes(tender)},
        {"label": _("Openers needed"), "value": tender.openers_needed},
    ]
    if tender.window:
        url = reverse("demand:window", args=[tender.window.reference])
        facts.append({"label": _("Demand"), "value": str(tender.window), "url": url if not tender.published_at else ""})
    if tender.supply_from and tender.supply_to:
        facts.append({"label": _("Supply"), "value": f"{tender.supply_from} – {tender.supply_to}"})
    if tender.terms:
        facts.append({"label": _("Terms"), "value": tender.terms[:16], "note": _("SHA-256 of the signed notice")})
    return facts


def _envelopes(tender: Tender) -> str:
    return _("technical, then commercial") if tender.envelopes == 2 else _("commercial only")


def rules_of(tender: Tender) -> RuleSet:
    """The rules that hold for the tender: frozen at publication, before it those of its rule set."""
    return from_json(tender.rules or tender.rule_set.body)


def rule_facts(tender: Tender) -> list[dict[str, Any]]:
    """The rules in words."""
    rules = rules_of(tender)
    evaluation, periods = rules.evaluation, rules.periods
    return [
        {
            "label": _("Rule set"),
            "value": _(tender.rule_set.title),
            "note": tender.rule_set.source and _(tender.rule_set.source),
        },
        {
            "label": _("Pass mark"),
            "value": rules.evaluation.pass_mark if rules.evaluation.pass_mark is not None else _("none"),
        },
        {"label": _("Shortlist"), "value": _shortlist(rules)},
        {
            "label": _("Competition from"),
            "value": evaluation.minimum_for_competition,
            "unit": _("qualified bids"),
        },
        {"label": _("Equal prices"), "value": _(", ").join(str(TIES[key]) for key in rules.ties.order)},
        {"label": pgettext("period", "Notice"), "value": periods.notice_days, "unit": _("days")},
        {
            "label": _("Amendment before the deadline, at least"),
            "value": periods.amendment_days,
            "unit": _("days"),
        },
        {"label": _("Objections to the technical result"), "value": periods.objection_days, "unit": _("days")},
        {"label": _("Standstill before the award"), "value": periods.standstill_days, "unit": _("days")},
        {"label": _("Evaluators, at least"), "value": rules.committee.minimum_evaluators},
        {"label": _("Winners of a lot"), "value": _winners(rules)},
        {"label": _("Authorised dealers"), "value": _("may bid") if evaluation.dealers else _("may not bid")},
    ]


TIES = {
    "score": gettext_lazy("higher technical score"),
    "lots_drawn": gettext_lazy("lots drawn from the close, which nobody could know"),
}


def _winners(rules: RuleSet) -> str:
    most, standbys = rules.selection.winners.most, rules.selection.standbys
    if most == 1:
        words = _("one, who supplies all of it")
    elif rules.allocation.method == "regions":
        words = _("at most %(n)d; each region goes whole to one of them") % {"n": most}
    else:
        shares = [f"{share * 100:.2f}".rstrip("0").rstrip(".") for share in rules.allocation.shares[most]]
        words = _("at most %(n)d, with %(shares)s percent by rank") % {"n": most, "shares": " / ".join(shares)}
    return words + (_("; standbys: at most %(n)d") % {"n": standbys} if standbys else "")


def _shortlist(rules: RuleSet) -> str:
    shortlist = rules.evaluation.shortlist
    if not shortlist:
        return _("none: all that qualify go on")
    steps = [_("%(on)d of %(bids)d") % {"on": on, "bids": bids} for bids, on in sorted(shortlist.table.items())]
    if beyond := shortlist.beyond:
        facts = {"share": f"{beyond.share * 100:.0f}", "cap": beyond.cap}
        steps.append(_("otherwise %(share)s%%, at most %(cap)d") % facts)
    return _(", ").join(steps)


def people_context(tender: Tender, seat: Seat, now: datetime) -> dict[str, Any]:
    """Openers by place, evaluators by number, and whoever was replaced."""
    names = ("seat__person", "seat__organisation", "replaced_by__person")
    openers = list(tender.openers.select_related(*names).order_by("place", "pk"))
    evaluators = list(enumerate(tender.evaluators.select_related(*names).order_by("pk"), start=1))
    current = [opener for opener in openers if opener.replaced_at is None]
    printed = fingerprint(tender, current)
    return {
        "tender": tender,
        "stage_label": stage_label(tender, now),
        "stage_tone": stage_tone(tender, now),
        "openers": current,
        "unsigned": {one.place for one in current if printed and not has_signed(one, printed)},
        "evaluators": [(number, one) for number, one in evaluators if one.replaced_at is None],
        "replaced": [one for one in (*openers, *(one for _number, one in evaluators)) if one.replaced_at],
        "is_draft": tender.status == Tender.Status.DRAFT,
        "to_give": places_to_give(tender, now),
        "is_renewed": is_renewed(tender, now),
        "prepares": seat.organisation_id == tender.agency_id and seat.may(Permission.PREPARE_TENDER),
        "sees_evaluators": seat.of_the_agency or seat.reads_the_trail,
    }


def publish_context(tender: Tender, faults: list[Fault]) -> dict[str, Any]:
    """What publication will do, in sentences, or what keeps it from happening."""
    rows = lot_rows(tender)
    effects = [
        _("The notice is signed, and everybody can read it without signing in."),
        _("The volumes of all lots (%(lots)d), their ceiling prices and the rules are frozen.") % {"lots": len(rows)},
        _("The keys of %(openers)d openers are fixed: any %(needed)d of them open, fewer never can.")
        % {"openers": len(current_openers(tender)), "needed": tender.openers_needed},
        _("The bid managers of all suppliers are told."),
        _("Bids can come until the deadline. It can no longer be brought forward."),
    ]
    deadline = {"label": _("Deadline"), "value": in_words(tender.deadline)} if tender.deadline else None
    supply = {"label": _("Supply"), "value": f"{tender.supply_from} – {tender.supply_to}"}
    context = {"tender": tender, "faults": faults, "effects": effects}
    return context | {
        "decided": [_lots_decided(rows), _people_decided(tender)],
        "parties": [deadline, supply] if deadline else [],
    }


def _lots_decided(rows: Sequence[LotRow]) -> Decided:
    """The lots as publication freezes them, and what all of it costs at the ceilings."""
    worth = {row.lot.pk: quantize_amount(row.volume * (row.lot.ceiling_price or 0)) for row in rows}
    columns = (_("Lot"), _("Volume"), _("Ceiling of one base unit"), _("At the ceiling"))
    lines = [
        (
            _("%(number)d: %(title)s") % {"number": row.lot.number, "title": row.lot.title},
            f"{quantity(row.volume)} {row.unit}",
            price(row.lot.ceiling_price),
            money(worth[row.lot.pk] or None),
        )
        for row in rows
    ]
    all_of_it = _("All lots together, at their ceilings: %(sum)s") % {"sum": money(sum(worth.values(), Decimal(0)))}
    return Decided(_("Lots"), columns, lines, figures=3, outcome=all_of_it)


def _people_decided(tender: Tender) -> Decided:
    """Who opens, by place, and who evaluates."""
    names = ("seat__person", "seat__organisation")
    openers = [(_("Opener %(place)d") % {"place": one.place}, one.seat) for one in current_openers(tender)]
    named = tender.evaluators.filter(replaced_at=None).select_related(*names).order_by("pk")
    people = openers + [(_("Evaluator %(number)d") % {"number": at}, one.seat) for at, one in enumerate(named, start=1)]
    rows = [(role, seat.person.name, seat.organisation.name) for role, seat in people]
    return Decided(_("People"), (_("Role"), _("Name"), _("Organisation")), rows)


def cancel_context(tender: Tender) -> dict[str, Any]:
    """What giving a draft up will do, in sentences."""
    effects = [_("Every lot ends without an award, for the reason that the tender was cancelled.")]
    return {"tender": tender, "effects": effects}


def notice_context(tender: Tender, now: datetime) -> dict[str, Any]:
    """The public notice, read back from the bytes that were signed; the deadline comes from the tender."""
    published = PublishedNotice.of(tender)
    return {
        "tender": tender,
        "now": now,
        "notice": published.body,
        "first_terms": tender.notices.get(number=1).sha256,
        "lots": [
            {**lot, "ceiling": Decimal(lot["ceiling"]), "volume": Decimal(lot["volume"])}
            for lot in published.body["lots"]
        ],
        "rule_facts": rule_facts(tender),
        "stage_label": stage_label(tender, now),
        "stage_tone": stage_tone(tender, now),
        "close": Close.objects.filter(tender=tender).first(),
    }
