"""What waits before a tender is open: drafts, keys and declarations."""

from collections.abc import Iterator
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Seat
from accounts.permissions import Permission
from core.shell import NavEntry, Onward, Related, Todo
from demand.models import DemandWindow
from demand.querysets import READERS
from tenders.models import (
    Change,
    Evaluator,
    Opener,
    PurchasePlan,
    RevealCall,
    RuleSetDraft,
    Tender,
    TenderNotice,
)
from tenders.rules.preparation import PROOF_LASTS


def nav(seat: Seat) -> list[NavEntry]:
    if not seat.may(Permission.READ_TENDERS):
        return []
    tenders = NavEntry(gettext_lazy("Tenders"), reverse("tenders:tenders"), "tender")
    if not ((seat.of_the_agency and seat.may(Permission.PREPARE_TENDER)) or seat.reads_the_trail):
        return [tenders]
    return [NavEntry(gettext_lazy("Purchase plans"), reverse("tenders:plans"), "file"), tenders]


def todos(seat: Seat, now: datetime) -> list[Todo]:
    found = []
    if seat.may(Permission.PREPARE_TENDER):
        found += _plans_to_tender(seat)
        found += _drafts(seat)
        found += _rule_sets_to_propose(seat)
        found += _people_to_replace(seat)
        found += _lost_keys(seat, now)
    if seat.may(Permission.PUBLISH_TENDER):
        found += _plans_to_decide(seat)
        found += _changes_to_decide(seat, now)
        found += _rule_sets_to_decide(seat)
    if seat.may(Permission.OPEN_ENVELOPES):
        found += _keys(seat, now)
    if seat.may(Permission.EVALUATE):
        found += _declarations(seat)
    return found


def related(reference: str, seat: Seat) -> list[Related]:
    """Tenders of a demand window, and the window of a tender."""
    about = Q(window__reference=reference) | Q(source__reference=reference)
    found = [
        Related(gettext_lazy("Tender"), tender.reference, reverse("tenders:tender", args=[tender.reference]))
        for tender in Tender.objects.visible_to(seat).filter(about)
    ]
    about = Q(window__reference=reference) | Q(tenders__reference=reference)
    found += [
        Related(gettext_lazy("Plan"), plan.reference, reverse("tenders:plan", args=[plan.reference]))
        for plan in PurchasePlan.objects.visible_to(seat).filter(about).distinct()
    ]
    if any(seat.may(permission) for permission in READERS):
        windows = DemandWindow.objects.visible_to(seat)
        based_on = Tender.objects.filter(reference=reference).values("window")
        found += [
            Related(gettext_lazy("Demand"), window.reference, reverse("demand:window", args=[window.reference]))
            for window in windows.filter(pk__in=based_on)
        ]
    return found


def onward(reference: str, seat: Seat) -> list[Onward]:
    """From a locked window of the own agency to a tender of its numbers."""
    locked = DemandWindow.objects.filter(reference=reference, agency=seat.organisation_id, locked_at__isnull=False)
    if not (seat.may(Permission.PREPARE_TENDER) and locked.exists()):
        return []
    return [
        Onward(gettext_lazy("Prepare a plan"), f"{reverse('tenders:prepare-plan')}?window={reference}"),
        Onward(gettext_lazy("Prepare a tender"), f"{reverse('tenders:prepare-tender')}?window={reference}"),
    ]


def _drafts(seat: Seat) -> Iterator[Todo]:
    for tender in Tender.objects.filter(agency=seat.organisation_id, status=Tender.Status.DRAFT):
        yield Todo(
            what=_("Complete and publish the tender"),
            where=f"{tender.reference} {tender.title}",
            url=reverse("tenders:tender", args=[tender.reference]),
            action=_("Open the draft"),
            since=tender.prepared_at,
        )


def _rule_sets_to_propose(seat: Seat) -> Iterator[Todo]:
    """Rules that one has begun to write. Those of a release wait for nobody: what is in force goes on."""
    for draft in RuleSetDraft.objects.to_take_up().filter(drafted_by__person=seat.person_id):
        yield Todo(
            what=_("Propose your draft of rules, or give it up"),
            where=f"{draft.reference} {_(draft.title)}",
            url=draft.get_absolute_url(),
            action=_("Open the draft"),
            since=draft.drafted_at,
        )


def _rule_sets_to_decide(seat: Seat) -> Iterator[Todo]:
    """Rules that somebody else has proposed."""
    for draft in RuleSetDraft.objects.visible_to(seat).waiting_for(seat):
        yield Todo(
            what=_("Put the rules in force, or refuse them"),
            where=f"{draft.reference} {_(draft.title)}",
            url=draft.get_absolute_url(),
            action=_("Decide"),
            since=draft.proposed_at,
        )


def _plans_to_decide(seat: Seat) -> Iterator[Todo]:
    """Plans that another officer has prepared, and one's own that wait for another."""
    drafts = PurchasePlan.objects.filter(agency=seat.organisation_id, status=PurchasePlan.Status.DRAFT)
    for plan in drafts.select_related("prepared_by"):
        own = plan.prepared_by.person_id == seat.person_id
        yield Todo(
            what=_("Complete the purchase plan; another officer decides it") if own else _("Decide the purchase plan"),
            where=str(plan),
            url=reverse("tenders:plan", args=[plan.reference]),
            action=_("Open the plan"),
            since=plan.prepared_at,
        )


def _plans_to_tender(seat: Seat) -> Iterator[Todo]:
    """What is planned to be tendered and is not yet."""
    decided = PurchasePlan.objects.filter(agency=seat.organisation_id, status=PurchasePlan.Status.DECIDED)
    for plan in decided.for_list().filter(waiting_count__gt=0):
        yield Todo(
            what=_("Tender what is planned: lines waiting, %(n)d") % {"n": plan.waiting_count},
            where=str(plan),
            url=reverse("tenders:tender-from-plan", args=[plan.reference]),
            action=_("Prepare a tender"),
            since=plan.decided_at,
        )


def _people_to_replace(seat: Seat) -> Iterator[Todo]:
    interested = Evaluator.objects.filter(
        tender__agency=seat.organisation_id, has_interest=True, replaced_at=None
    ).exclude(tender__status=Tender.Status.CANCELLED)
    for evaluator in interested.select_related("tender", "seat__person"):
        yield Todo(
            what=_("Replace the evaluator %(person)s, who declared an interest")
            % {"person": evaluator.seat.person.name},
            where=f"{evaluator.tender.reference} {evaluator.tender.title}",
            url=reverse("tenders:people", args=[evaluator.tender.reference]),
            action=_("Replace"),
            since=evaluator.declared_at,
        )


def _changes_to_decide(seat: Seat, now: datetime) -> Iterator[Todo]:
    """What another officer of the agency has proposed for a published tender."""
    waiting = Change.objects.waiting(now).filter(tender__agency=seat.organisation_id)
    for change in waiting.exclude(proposed_by__person=seat.person_id).select_related("tender"):
        ends = change.kind == Change.Kind.CANCELLATION
        yield Todo(
            what=_("Decide as the second person: %(kind)s") % {"kind": change.get_kind_display()},
            where=f"{change.tender.reference} {change.tender.title}",
            url=reverse("tenders:change", args=[change.tender.reference, change.number]),
            action=_("Decide"),
            until_at=None if ends else change.tender.deadline,
            since=change.proposed_at,
        )


def _keys(seat: Seat, now: datetime) -> Iterator[Todo]:
    places = Opener.objects.filter(seat=seat, replaced_at=None)
    unproved = Q(key_proved_at=None) | Q(key_proved_at__lt=now - PROOF_LASTS)
    draft = Q(tender__status=Tender.Status.DRAFT) & unproved
    before_call = Q(key_proved_at=None) | Q(key_proved_at__lt=F("tender__reveal_call__called_at"))
    called = Q(tender__reveal_call__in=RevealCall.objects.in_preparation()) & before_call
    renewed = Q(key_proved_at=None) | Q(key_proved_at__lt=_newest_key(models.OuterRef("tender")))
    open_now = Q(tender__in=Tender.objects.open_for_bids(now))
    for opener in places.filter(draft | called | open_now & renewed).select_related("tender"):
        made = opener.key_made_at is not None
        yield Todo(
            what=_("Prove that you hold your key") if made else _("Make your opener's key"),
            where=f"{opener.tender.reference} {opener.tender.title}",
            url=reverse("tenders:prove-key" if made else "tenders:make-key", args=[opener.tender.reference]),
            action=_("Prove") if made else _("Make the key"),
            until_at=opener.tender.deadline if now < (opener.tender.deadline or now) else None,
            since=opener.key_made_at or opener.tender.prepared_at,
        )


def _newest_key(tender: models.OuterRef) -> models.QuerySet[Opener]:
    """When the newest key of a tender's list was made: whoever signed before it has to sign again."""
    made = Opener.objects.filter(tender=tender, replaced_at=None, key_made_at__isnull=False)
    return made.order_by("-key_made_at").values("key_made_at")[:1]


def _lost_keys(seat: Seat, now: datetime) -> Iterator[Todo]:
    """Before the deadline: who needs a successor, and key lists that all have signed and no notice has yet."""
    tenders = Tender.objects.open_for_bids(now).filter(agency=seat.organisation_id)
    lost = Opener.objects.filter(tender__in=tenders, replaced_at=None, lost_at__isnull=False)
    for opener in lost.select_related("tender", "seat__person"):
        yield Todo(
            what=_("Name a successor of the opener %(person)s, who lost the key") % {"person": opener.seat.person.name},
            where=f"{opener.tender.reference} {opener.tender.title}",
            url=reverse("tenders:people", args=[opener.tender.reference]),
            action=_("Replace"),
            until_at=opener.tender.deadline,
            since=opener.lost_at,
        )
    notices = TenderNotice.objects.filter(tender=models.OuterRef("pk")).order_by("-number")
    newest = models.Subquery(_newest_key(models.OuterRef("pk")))
    renewed = tenders.annotate(newest=newest).filter(newest__gt=notices.values("published_at")[:1])
    unsigned = Opener.objects.filter(tender=models.OuterRef("pk"), replaced_at=None).filter(
        Q(key_proved_at=None) | Q(key_proved_at__lt=models.OuterRef("newest"))
    )
    proposed = Change.objects.waiting(now).filter(kind=Change.Kind.AMENDMENT).values("tender")
    for tender in renewed.filter(~models.Exists(unsigned)).exclude(pk__in=proposed):
        yield Todo(
            what=_("Propose the amendment with the new key list"),
            where=f"{tender.reference} {tender.title}",
            url=reverse("tenders:propose-amendment", args=[tender.reference]),
            action=_("Propose"),
            until_at=tender.deadline,
            since=tender.newest,
        )


def _declarations(seat: Seat) -> Iterator[Todo]:
    open_ones = Evaluator.objects.filter(seat=seat, replaced_at=None, declared_at=None)
    for evaluator in open_ones.exclude(tender__status=Tender.Status.CANCELLED).select_related("tender"):
        yield Todo(
            what=_("Declare whether you have an interest"),
            where=f"{evaluator.tender.reference} {evaluator.tender.title}",
            url=reverse("tenders:declare-interest", args=[evaluator.tender.reference]),
            action=_("Declare"),
            until_at=evaluator.tender.deadline,
            since=evaluator.tender.prepared_at,
        )
