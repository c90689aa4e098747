"""Hospitals report a yearly need within a window; the agency locks it, and unlocks it with a reason."""

from datetime import timedelta

import pytest

from accounts.models import InboxMessage
from accounts.permissions import OrganisationKind
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event, OutboxMessage
from demand.actions import (
    ReportedLine,
    WindowPlan,
    lock_demand,
    open_window,
    release_demand,
    report_demand,
    unlock_demand,
    use_demand,
)
from demand.models import DemandEntry, DemandReport, DemandWindow
from demand.tasks import announce_window
from tests.demand.stage import item_of, locked_window, window_plan
from tests.world import NOW

TODAY = legal_date(NOW)


@pytest.fixture
def items(world):
    return [item_of(world, name) for name in ("Alpha", "Beta", "Gamma")]


@pytest.fixture
def window(world, items):
    other = world.organisation(OrganisationKind.HOSPITAL)
    return open_window(plan=window_plan(), items=items, hospitals=[world.hospital, other], by=world.officer, now=NOW)


def report(world, window, *quantities, now=NOW):
    lines = [ReportedLine(number, quantity, number) for number, quantity in enumerate(quantities, start=1)]
    return report_demand(window=window, lines=lines, by=world.pharmacist, now=now)


def test_lines_are_numbered_in_the_order_of_the_items(window, items):
    assert list(window.lines.values_list("number", "item")) == [(n, item.pk) for n, item in enumerate(items, start=1)]


def test_the_pharmacists_of_the_hospitals_asked_are_told_once(world, window):
    assert OutboxMessage.objects.filter(task="demand.tasks.announce_window", arguments=[window.pk]).count() == 1
    seat = world.pharmacist
    assert announce_window(window.pk) == 1
    assert announce_window(window.pk) == 0
    assert InboxMessage.objects.get(subject=window.reference).seat == seat


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "  "}, "title"),
        ({"year": TODAY.year - 1}, "year"),
        ({"year": TODAY.year + 6}, "year"),
        ({"closes_on": TODAY - timedelta(days=1), "opens_on": TODAY - timedelta(days=5)}, "closes_on"),
        ({"opens_on": TODAY + timedelta(days=11)}, "closes_on"),
    ],
)
def test_a_window_that_makes_no_sense_is_refused_at_its_field(world, items, change, field):
    plan = WindowPlan(**{**vars(window_plan()), **change})
    with pytest.raises(Refused) as refusal:
        open_window(plan=plan, items=items, hospitals=[world.hospital], by=world.officer, now=NOW)
    assert [fault.field for fault in refusal.value.faults] == [field]


def test_a_window_asks_for_items_and_asks_hospitals_only(world, items):
    with pytest.raises(Refused) as refusal:
        open_window(plan=window_plan(), items=[], hospitals=[world.supplier], by=world.officer, now=NOW)
    assert {fault.field for fault in refusal.value.faults} == {"items", "hospitals"}
    with pytest.raises(Refused):
        open_window(plan=window_plan(), items=[items[0]] * 2, hospitals=[world.hospital], by=world.officer, now=NOW)


def test_only_the_agency_opens_a_window(world, items):
    with pytest.raises(Denied):
        open_window(plan=window_plan(), items=items, hospitals=[world.hospital], by=world.pharmacist, now=NOW)


def test_zero_and_nothing_are_no_need(world, window):
    made = report(world, window, 500, 0)
    assert [(entry.item.name, entry.quantity) for entry in made.entries.all()] == [("Alpha", 500)]


def test_a_later_report_replaces_the_earlier_one_whole(world, window):
    report(world, window, 500, 20, 7)
    again = report(world, window, 0, 30)
    assert DemandReport.objects.filter(window=window).count() == 1
    assert [(entry.item.name, entry.quantity) for entry in again.entries.all()] == [("Beta", 30)]


def test_every_fault_is_told_at_its_row_and_nothing_is_half_done(world, window):
    report(world, window, 500)
    lines = [ReportedLine(1, -1, 2), ReportedLine(9, 5, 3), ReportedLine(2, 10**12 + 1, 4), ReportedLine(2, 5, 5)]
    with pytest.raises(Refused) as refusal:
        report_demand(window=window, lines=lines, by=world.pharmacist, now=NOW)
    found = {(fault.field, fault.row) for fault in refusal.value.faults}
    assert found == {("quantity", 2), ("number", 3), ("quantity", 4), ("number", 5)}
    assert list(DemandEntry.objects.values_list("quantity", flat=True)) == [500]


def test_a_hospital_that_is_not_asked_cannot_report(world, window):
    stranger = world.seat(world.organisation(OrganisationKind.HOSPITAL), "pharmacist")
    with pytest.raises(Denied):
        report_demand(window=window, lines=[], by=stranger, now=NOW)


@pytest.mark.parametrize(("days", "allowed"), [(0, True), (10, True), (11, False)])
def test_reporting_ends_with_the_last_day(world, window, days, allowed):
    at = NOW + timedelta(days=days)
    if allowed:
        assert report(world, window, 5, now=at)
    else:
        with pytest.raises(Refused) as refusal:
            report(world, window, 5, now=at)
        assert refusal.value.code == "closed"


def test_reporting_begins_with_the_first_day(world, items):
    plan = WindowPlan("Later", TODAY.year, TODAY + timedelta(days=1), TODAY + timedelta(days=2))
    window = open_window(plan=plan, items=items, hospitals=[world.hospital], by=world.officer, now=NOW)
    with pytest.raises(Refused) as refusal:
        report(world, window, 5)
    assert refusal.value.code == "not_open"


def test_after_the_lock_nobody_reports(world, window):
    report(world, window, 5)
    locked = lock_demand(window=window, by=world.officer, now=NOW)
    assert (locked.locked_at, locked.locked_by) == (NOW, world.officer)
    with pytest.raises(Refused) as refusal:
        report(world, window, 6)
    assert refusal.value.code == "locked"


def test_a_window_in_which_nobody_needs_anything_is_not_locked(world, window):
    report(world, window, 0, 0, 0)
    with pytest.raises(Refused):
        lock_demand(window=window, by=world.officer, now=NOW)


def test_who_locks_second_is_told(world, window):
    report(world, window, 5)
    seen = DemandWindow.objects.get(pk=window.pk)
    lock_demand(window=window, by=world.officer, now=NOW)
    with pytest.raises(Conflict):
        lock_demand(window=seen, by=world.officer, now=NOW)


def test_another_agency_neither_locks_nor_unlocks(world, window):
    report(world, window, 5)
    stranger = world.seat(world.organisation(OrganisationKind.AGENCY), "officer")
    with pytest.raises(Denied):
        lock_demand(window=window, by=stranger, now=NOW)
    with pytest.raises(Denied):
        unlock_demand(window=window, reason="no", by=stranger, now=NOW)


def test_unlocking_needs_a_reason_that_hospitals_read(world, window):
    report(world, window, 5)
    locked = lock_demand(window=window, by=world.officer, now=NOW)
    with pytest.raises(Refused) as refusal:
        unlock_demand(window=locked, reason=" ", by=world.officer, now=NOW)
    assert refusal.value.faults[0].field == "reason"
    unlock_demand(window=locked, reason="A ward was forgotten", by=world.officer, now=NOW)
    event = Event.objects.visible_to(world.pharmacist).get(verb="demand.unlocked")
    assert event.data == {"reason": "A ward was forgotten"}
    assert report(world, window, 6)


def test_unlocking_after_the_last_day_needs_a_new_one(world, window):
    report(world, window, 5)
    locked = lock_demand(window=window, by=world.officer, now=NOW)
    later = NOW + timedelta(days=20)
    with pytest.raises(Refused) as refusal:
        unlock_demand(window=locked, reason="late", by=world.officer, now=later)
    assert refusal.value.faults[0].field == "closes_on"
    last = legal_date(later) + timedelta(days=3)
    assert unlock_demand(window=locked, reason="late", closes_on=last, by=world.officer, now=later).closes_on == last


def test_demand_stays_locked_until_the_last_of_what_uses_it_is_released(world, items):
    window, _hospitals = locked_window(world, items)
    for reference in ("T-2026-0001", "T-2026-0002"):
        use_demand(window=window, reference=reference, by=world.officer, now=NOW)
    for reference in ("T-2026-0001", "T-2026-0002"):
        with pytest.raises(Refused, match=reference):
            unlock_demand(window=window, reason="more", by=world.officer, now=NOW)
        release_demand(window=window, reference=reference, by=world.officer, now=NOW)
    assert unlock_demand(window=window, reason="more", by=world.officer, now=NOW).locked_at is None


def test_only_locked_demand_is_used_and_only_what_is_used_is_released(world, window, items):
    locked, _hospitals = locked_window(world, items)
    use_demand(window=locked, reference="T-2026-0001", by=world.officer, now=NOW)
    release_demand(window=locked, reference="T-2026-0001", by=world.officer, now=NOW)
    for act, refused in ((use_demand, window), (release_demand, window), (release_demand, locked)):
        with pytest.raises(Refused) as refusal:
            act(window=refused, reference="T-2026-0001", by=world.officer, now=NOW)
        assert refusal.value.code == "not_now"
    with pytest.raises(Denied):
        use_demand(window=locked, reference="T-2026-0002", by=world.pharmacist, now=NOW)


def test_the_hospitals_read_what_their_numbers_were_used_for(world, items):
    window, _hospitals = locked_window(world, items)
    use_demand(window=window, reference="T-2026-0001", by=world.officer, now=NOW)
    assert Event.objects.visible_to(world.pharmacist).get(verb="demand.used").data == {"reference": "T-2026-0001"}


def test_who_has_not_reported_is_seen(world, window):
    report(world, window, 5, 0, 3)
    asked = {hospital.name: (hospital.reported_at, hospital.reported_items) for hospital in window.asked()}
    assert asked.pop(world.hospital.name) == (NOW, 2)
    assert list(asked.values()) == [(None, None)]
    progress = DemandWindow.objects.with_progress().get()
    assert (progress.asked_count, progress.reported_count) == (2, 1)


def test_totals_add_up_over_hospitals(world, items):
    window, hospitals = locked_window(world, items, hospitals=3, volume=40)
    assert [(line.total, line.needing) for line in window.totals()] == [(120, len(hospitals))] * 3


@pytest.mark.parametrize("count", [1, 60])
def test_a_report_costs_the_same_queries_whatever_its_length(world, django_assert_num_queries, count):
    asked_for = [item_of(world, f"Item {number}") for number in range(count)]
    window = open_window(plan=window_plan(), items=asked_for, hospitals=[world.hospital], by=world.officer, now=NOW)
    lines = [ReportedLine(number, 10) for number in range(1, count + 1)]
    seat = world.pharmacist
    assert seat.signature
    with django_assert_num_queries(QUERIES_OF_A_REPORT):
        report_demand(window=window, lines=lines, by=seat, now=NOW)


# Savepoints included: lock, asked, lines, the report (read and written), its old and new entries, the event.
QUERIES_OF_A_REPORT = 14
