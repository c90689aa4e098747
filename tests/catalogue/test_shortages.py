"""Shortages: reported by who orders or delivers, verified by the agency, shown to who orders, ended; substitutes."""

from datetime import date, timedelta

import pytest

from catalogue import actions
from catalogue.actions import Commission, ReportedShortage
from catalogue.models import DesignatedProduction, Shortage
from core.errors import Denied, Refused
from core.models import Event
from tests.catalogue.listing_stage import TODAY, insurance
from tests.contracts.pages import sitting
from tests.world import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=10)


@pytest.fixture
def items(world):
    return insurance(world).items


def report(world, item, product=None, by=None, **said):
    facts = {"region": world.region, "valid_from": TODAY - timedelta(days=3), "evidence": "three refusals"} | said
    one = ReportedShortage(item=item, product=product, **facts)
    return actions.report_shortages(reports=[one], by=by or world.pharmacist, now=NOW)[0]


def verified(world, item, product=None):
    return actions.verify_shortage(shortage=report(world, item, product), by=world.cataloguer, now=NOW)


def test_a_report_is_true_once_it_is_verified_until_it_is_over(world, items):
    made = report(world, items[0])
    on = lambda day: Shortage.objects.in_force(day).filter(item=items[0]).count()  # noqa: E731
    assert on(TODAY) == 0
    actions.verify_shortage(shortage=made, by=world.cataloguer, now=NOW)
    assert [on(TODAY - timedelta(days=4)), on(TODAY), on(TODAY + timedelta(days=30))] == [0, 1, 1]
    actions.end_shortage(
        shortage=made, last_day=TODAY + timedelta(days=5), reason="delivered", by=world.cataloguer, now=LATER
    )
    assert [on(TODAY + timedelta(days=5)), on(TODAY + timedelta(days=6))] == [1, 0]
    verbs = Event.objects.filter(subject=made.reference).order_by("pk").values_list("verb", "audience")
    assert list(verbs) == [
        ("shortage.reported", "agency"),
        ("shortage.verified", "public"),
        ("shortage.ended", "public"),
    ]


def test_what_is_reported_or_verified_already_is_told(world, items):
    first = report(world, items[0])
    with pytest.raises(Refused) as again:
        report(world, items[0])
    assert (again.value.code, again.value.faults[0].row) == ("pending", 1)
    theirs = report(world, items[0], by=world.bid_manager)  # another organisation says so by itself
    actions.verify_shortage(shortage=first, by=world.cataloguer, now=NOW)
    with pytest.raises(Refused) as known:
        report(world, items[0])
    assert known.value.code == "already_done"
    assert first.reference in known.value.message
    with pytest.raises(Refused) as twice:
        actions.verify_shortage(shortage=theirs, by=world.cataloguer, now=NOW)
    assert twice.value.code == "already_done"
    actions.refuse_shortage(shortage=theirs, reason="known", by=world.cataloguer, now=NOW)


def test_who_may_what(world, items):
    made = report(world, items[0])
    for act in (
        lambda: actions.verify_shortage(shortage=made, by=world.pharmacist, now=NOW),
        lambda: report(world, items[1], by=world.cataloguer),
        lambda: actions.end_shortage(shortage=made, last_day=TODAY, reason="x", by=world.bid_manager, now=NOW),
    ):
        with pytest.raises(Denied):
            act()
    with pytest.raises(Refused):
        actions.withdraw_shortage(shortage=made, reason="x", by=world.bid_manager, now=NOW)
    actions.withdraw_shortage(shortage=made, reason="it came", by=world.pharmacist, now=NOW)
    with pytest.raises(Refused):
        actions.verify_shortage(shortage=made, by=world.cataloguer, now=NOW)


@pytest.mark.parametrize(
    ("said", "field"), [({"evidence": " "}, "evidence"), ({"valid_from": TODAY + timedelta(days=1)}, "valid_from")]
)
def test_what_a_report_lacks_is_told_at_its_field(world, items, said, field):
    with pytest.raises(Refused) as wrong:
        report(world, items[0], **said)
    assert wrong.value.faults[0].field == field


def test_a_substitute_is_named_with_its_reason_and_withdrawn(world, items):
    made = verified(world, items[0], items[0].products.get())
    with pytest.raises(Refused) as itself:
        actions.name_substitute(
            shortage=made, item=items[0], product=made.product, reason="x", by=world.cataloguer, now=NOW
        )
    assert itself.value.code == "same_thing"
    other = actions.name_substitute(shortage=made, item=items[1], reason="half a tablet", by=world.cataloguer, now=NOW)
    with pytest.raises(Refused):
        actions.name_substitute(shortage=made, item=items[1], reason="again", by=world.cataloguer, now=NOW)
    assert [(one.item, one.is_same_variety) for one in made.substitutes.standing()] == [(items[1], False)]
    actions.withdraw_substitute(substitute=other, by=world.cataloguer, now=NOW)
    assert not made.substitutes.standing()
    actions.name_substitute(shortage=made, item=items[1], reason="again", by=world.cataloguer, now=NOW)


def test_pages_lead_from_the_report_to_the_end(world, items):
    hospital, agency = sitting(world.pharmacist), sitting(world.cataloguer)
    said = {"things": f"{items[0].reference}\n{items[1].reference}", "region": world.region.full_name}
    said |= {"valid_from": "2026-03-01", "evidence": "refused three times"}
    assert hospital.post("/catalogue/shortages/report/", said).status_code == 302
    made = Shortage.objects.get(item=items[0])
    address = made.get_absolute_url()
    assert sitting(world.bid_manager).get(address).status_code == 404
    assert "Verify shortages: 2 reports" in agency.get("/").content.decode()
    assert f"{address}verify/" in agency.get(address).content.decode()
    assert agency.post(f"{address}verify/").status_code == 302
    substitute = {"thing": items[2].reference, "reason": "the same substance"}
    assert agency.post(f"{address}substitutes/name/", substitute).status_code == 302
    assert "the same substance" in sitting(world.bid_manager).get(address).content.decode()
    assert "is short in" in hospital.get(f"/catalogue/items/{items[0].reference}/").content.decode()
    assert agency.post(f"{address}end/", {"last_day": "2026-03-02", "reason": "delivered"}).status_code == 302
    made.refresh_from_db()
    assert (made.status, made.valid_to) == ("over", date(2026, 3, 2))


def test_a_maker_is_commissioned_for_a_time_and_the_page_of_the_item_says_so(world, items):
    maker = items[0].products.get().maker
    agency = sitting(world.cataloguer)
    said = {"maker": maker.pk, "valid_from": "2026-01-01", "valid_to": "2099-12-31", "source": "GBF 2026-3"}
    assert agency.post(f"/catalogue/items/{items[0].reference}/designate/", said).status_code == 302
    again = agency.post(f"/catalogue/items/{items[0].reference}/designate/", said)
    assert again.context["form"].errors.keys() == {"valid_from"}
    made = DesignatedProduction.objects.get()
    assert "Designated production" in agency.get(f"/catalogue/items/{items[0].reference}/").content.decode()
    end = {"last_day": "2026-06-30", "reason": "ended"}
    assert agency.post(f"/catalogue/designated-production/{made.reference}/end/", end).status_code == 302
    made.refresh_from_db()
    assert made.valid_to == date(2026, 6, 30)


def test_the_period_of_a_commission_is_in_order(world, items):
    facts = Commission(items[0], items[0].products.get().maker, None, TODAY, TODAY - timedelta(days=1), "GBF")
    with pytest.raises(Refused):
        actions.designate_production(commission=facts, by=world.cataloguer, now=NOW)
