"""How tenders stand for a seat. Nothing here counts a bid before its envelope was opened: what lies sealed is
not known to anybody, nor how much of it there is."""

from datetime import datetime

from django.db.models import (
    Case,
    CharField,
    Count,
    DecimalField,
    Exists,
    Min,
    OuterRef,
    Q,
    Value,
    When,
)
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Seat
from accounts.permissions import Permission
from core.calendar import days_left
from core.clock import legal_date
from core.shell import Figure, last_day_ahead, thousandths
from core.templatetags.ui import DASH
from tenders.models import (
    Bid,
    Evaluator,
    Lot,
    Objection,
    Opener,
    OpeningRequest,
    Release,
    Tender,
)
from tenders.presentation.desk import LotDesk, desks

EXACT = DecimalField(max_digits=50, decimal_places=18)
RUNS = (Permission.PREPARE_TENDER, Permission.PUBLISH_TENDER, Permission.AWARD)

STAGES = {
    "draft": gettext_lazy("%(n)s in preparation"),
    "bidding": gettext_lazy("%(n)s open for bids"),
    Lot.Status.OPEN: gettext_lazy("%(n)s in technical evaluation"),
    Lot.Status.EVALUATED: gettext_lazy("%(n)s before the opening of prices"),
    Lot.Status.OPENED: gettext_lazy("%(n)s with prices opened"),
}
LOT_STAGES = (Lot.Status.OPEN, Lot.Status.EVALUATED, Lot.Status.OPENED)


def figures(seat: Seat, now: datetime) -> list[Figure]:
    """By what the seat does with tenders: runs or watches them, judges, opens, or bids."""
    found: list[Figure] = []
    if any(seat.may(permission) for permission in RUNS):
        found.append(_under_way(seat, now))
    if seat.reads_the_trail:
        found += [_under_way(seat, now), _objections(seat, now)]
    if seat.may(Permission.EVALUATE):
        found += _judging(seat)
    if seat.may(Permission.OPEN_ENVELOPES):
        found += _opening(seat, now)
    if seat.may(Permission.BID):
        found += _bidding(seat, now)
    return found


# --- Running and watching tenders -------------------------------------------------------------------------
def _under_way(seat: Seat, now: datetime) -> Figure:
    """Tenders that are neither cancelled nor done, by how far their last lot is."""
    tenders = Tender.objects.visible_to(seat).exclude(status=Tender.Status.CANCELLED)
    if seat.of_the_agency:
        tenders = tenders.filter(agency=seat.organisation_id)
    lots = Lot.objects.filter(tender=OuterRef("pk"))
    behind = [When(Exists(lots.filter(status=status)), then=Value(status)) for status in LOT_STAGES]
    stage = Case(
        When(status=Tender.Status.DRAFT, then=Value("draft")),
        When(deadline__gt=now, then=Value("bidding")),
        *behind,
        default=Value("done"),
        output_field=CharField(),
    )
    counted = dict(tenders.order_by().annotate(stage=stage).values_list("stage").annotate(Count("pk")))
    done = counted.pop("done", 0)
    return Figure(
        _("Tenders under way"),
        str(sum(counted.values())),
        parts=tuple(str(words) % {"n": counted[key]} for key, words in STAGES.items() if key in counted),
        normal=ngettext("%(n)s is done", "%(n)s are done", done) % {"n": done} if done else "",
        url=reverse("tenders:tenders"),
    )


def _objections(seat: Seat, now: datetime) -> Figure:
    waiting = Objection.objects.visible_to(seat).waiting().aggregate(count=Count("pk"), since=Min("filed_at"))
    days = days_left(legal_date(now), legal_date(waiting["since"])) if waiting["since"] else 0
    return Figure(
        _("Objections without an answer"),
        str(waiting["count"]),
        trend=ngettext("longest: %(n)s day", "longest: %(n)s days", days) % {"n": days} if waiting["count"] else "",
        tone="warn" if waiting["count"] else "",
        normal=_("each stops its lot"),
        url=reverse("tenders:objections"),
    )


# --- Judging and opening ----------------------------------------------------------------------------------
def _judging(seat: Seat) -> list[Figure]:
    """What this evaluator has done of what is open to be judged."""
    judging = Evaluator.objects.filter(seat=seat, replaced_at=None, declared_at__isnull=False, has_interest=False)
    rows = desks(Lot.objects.under_evaluation().filter(tender__in=judging.values("tender")), seat)
    open_rows = [row for row in rows if row.readable]
    with_points = [row for row in rows if row.points]
    return [
        _done_of(_("Bids reviewed"), [(row.reviewed, row.readable) for row in rows], rows),
        _done_of(_("Bids scored by you"), [(row.scored, row.passed) for row in with_points], rows),
        _done_of(_("Lots signed by you"), [(int(row.mine), 1) for row in open_rows], rows),
        _done_of(_("Signatures of all evaluators"), [(row.signed, row.evaluators) for row in open_rows], rows),
    ]


def _done_of(label: str, steps: list[tuple[int, int]], rows: list[LotDesk]) -> Figure:
    """``steps`` are done and all of each lot; of nothing it says whether the review comes first."""
    done, total = sum(step[0] for step in steps), sum(step[1] for step in steps)
    tenders = {row.lot.tender.reference for row in rows}
    evaluation = reverse("tenders:evaluation", args=[min(tenders)]) if len(tenders) == 1 else ""
    if not total:
        waiting = _("after the formal review") if any(row.to_review for row in rows) else _("nothing to judge now")
        return Figure(label, DASH, normal=waiting, url=evaluation)
    return Figure(
        label,
        str(done),
        unit=_("of %(n)s") % {"n": total},
        trend=_("all done") if done == total else "",
        tone="good",
        normal=_("%(n)s to do") % {"n": total - done} if done < total else "",
        done=thousandths(done, total),
        url=evaluation or reverse("tenders:tenders"),
    )


def _opening(seat: Seat, now: datetime) -> list[Figure]:
    """An opener's places: keys ready, openings to come, and the requests for shares."""
    places = Opener.objects.filter(seat=seat, replaced_at=None).exclude(tender__status=Tender.Status.CANCELLED)
    to_come = Q(tender__status=Tender.Status.PUBLISHED, tender__deadline__gt=now)
    needed = Q(tender__status=Tender.Status.DRAFT) | to_come
    counted = places.aggregate(
        needed=Count("pk", filter=needed),
        ready=Count("pk", filter=needed & Q(key_proved_at__isnull=False)),
        coming=Count("pk", filter=to_come),
        first=Min("tender__deadline", filter=to_come),
    )
    asked = OpeningRequest.objects.filter(tender__openers__seat=seat, tender__openers__replaced_at=None)
    released = Release.objects.filter(request=OuterRef("pk"), opener__seat=seat)
    lots = asked.aggregate(all=Count("lot", distinct=True), mine=Count("lot", filter=Exists(released), distinct=True))
    shut = asked.filter(~Exists(released), pk__in=OpeningRequest.objects.still_shut().values("pk"))
    waiting = shut.aggregate(lots=Count("lot", distinct=True))["lots"]
    first = counted["first"]
    return [
        Figure(
            _("Openings to come"),
            str(counted["coming"]),
            normal=_("the next: %(day)s") % {"day": legal_date(first)} if first else _("none has a date"),
            url=reverse("tenders:tenders"),
        ),
        Figure(
            _("Keys ready"),
            str(counted["ready"]) if counted["needed"] else DASH,
            unit=_("of %(n)s") % {"n": counted["needed"]} if counted["needed"] else "",
            normal="" if counted["needed"] else _("no tender needs your key now"),
            done=thousandths(counted["ready"], counted["needed"]) if counted["needed"] else None,
        ),
        Figure(
            _("Lots waiting for your shares"),
            str(waiting),
            tone="warn" if waiting else "",
            normal=_("normal: released on the day of the opening"),
        ),
        Figure(_("Lots opened with your shares"), str(lots["mine"]), unit=_("of %(n)s") % {"n": lots["all"]}),
    ]


# --- Bidding ----------------------------------------------------------------------------------------------
def _bidding(seat: Seat, now: datetime) -> list[Figure]:
    """Public tenders, and the supplier's own lots after the close."""
    open_tenders = Tender.objects.open_for_bids(now)
    last = last_day_ahead(legal_date(now))
    tenders = open_tenders.aggregate(count=Count("pk"), soon=Count("pk", filter=Q(deadline__date__lte=last)))
    own = Bid.objects.standing().filter(supplier__in=seat.lineage, tender__deadline__lte=now)
    lots = Lot.objects.filter(pk__in=own.values("lot"), tender__status=Tender.Status.PUBLISHED)
    running = lots.running().count()
    objections = Objection.objects.visible_to(seat).waiting().count()
    return [
        Figure(
            _("Open for bids"),
            str(tenders["count"]),
            normal=_("%(n)s close within 14 days") % {"n": tenders["soon"]},
            url=reverse("tenders:notices"),
        ),
        Figure(
            _("Your lots under way"),
            str(running),
            normal=_("after the close of bids"),
            url=reverse("tenders:bids"),
        ),
        Figure(
            _("Your objections without an answer"),
            str(objections),
            normal=_("each stops its lot"),
            url=reverse("tenders:objections"),
        ),
    ]
