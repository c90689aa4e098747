"""What the demo shows of lists and shortages, made alone: the whole demo takes longer."""

from datetime import UTC, datetime

import pytest
from django.db.models import Count
from django.utils.translation import override

from catalogue.actions import import_at_once
from catalogue.models import Edition, Listing, Shortage, SingleSource, Variety
from contracts.models import Contract
from core.clock import mark_installation, set_database_clock
from procurement.demo import facts, listings, lists
from procurement.demo.stage import Cast, DemoClock, Size, gather

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture(params=["en", "zh-hans"])
def province(db, request):
    with override(request.param):
        mark_installation("demo")
        cast = Cast(DemoClock(NOW), Size(medicines=12))
        try:
            made = gather(cast)
            files = dict(facts.files(cast.size.medicines))
            import_at_once(
                file_name="common.csv", content=files["common.csv"], by=made.cataloguer, now=cast.clock.at(252)
            )
            yield made
        finally:
            set_database_clock(None)


def test_lists_are_in_force_one_edition_waits_and_a_shortage_has_its_substitute(province):
    lists.keep_lists(province)
    lists.run_short(province)
    assert sorted(Edition.objects.values_list("status", flat=True)) == ["proposed", "published", "published"]
    assert sorted(Shortage.objects.values_list("status", flat=True)) == ["reported", "verified"]


def test_strengths_of_one_medicine_are_a_variety_with_its_main_specification(province):
    lists.group_varieties(province)
    some = Variety.objects.annotate(n=Count("items"))
    assert some
    assert all(one.main_item_id and one.n > 1 for one in some)


def test_listings_stand_at_every_stage_and_one_is_ordered(province):
    listings.list_products(province)
    stages = dict(Listing.objects.values_list("status").annotate(Count("pk")))
    assert set(stages) == set(Listing.Status.values) - {"withdrawn"}
    assert stages["listed"] == 6
    assert Contract.objects.get(orders__isnull=False).kind == "listing"
    assert SingleSource.objects.count() == 1
