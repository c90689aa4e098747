"""Whom editions concern is told of them; the catalogue is narrowed to what stands on a list."""

from datetime import timedelta

from django.urls import reverse

from accounts.models import InboxMessage
from catalogue.actions import EntryRow, begin_list
from catalogue.tasks import tell_of_edition, tell_of_editions_in_force
from tests.catalogue.listing_stage import TODAY, drafted, insurance, published
from tests.contracts.builders import product
from tests.contracts.pages import sitting
from tests.world import NOW, _region

DAY = timedelta(days=1)


def test_whom_an_edition_concerns_is_told_when_it_is_published_and_when_it_takes_effect(world, travel):
    """Hospitals of the region and suppliers of what changes, once each; nobody of another region or of other things."""
    place = insurance(world)
    rows = [EntryRow(item=item, entry_class="a") for item in place.items]
    mine = product("Told medicine", maker=world.supplier)
    rows.append(EntryRow(item=mine.product.item, entry_class="b"))
    buyer, seller, drafter = world.pharmacist, world.bid_manager, world.cataloguer
    far = world.seat(world.organisation("hospital", region=_region("330000", "浙江省", "Zhejiang")), "pharmacist")
    other = world.seat(world.organisation("supplier"), "bid_manager")
    edition = published(world, drafted(world, place.list, TODAY + 5 * DAY, rows), removed=0)
    travel(NOW)
    for _again in range(2):
        tell_of_edition(edition.pk)
    told = InboxMessage.objects.filter(subject=edition.reference)
    assert set(told.values_list("seat", flat=True)) == {buyer.pk, seller.pk, drafter.pk}
    assert not told.filter(seat__in=(far, other)).exists()
    assert told.first().data["added"] == "2"
    assert tell_of_editions_in_force() == 0
    travel(NOW + 5 * DAY)
    assert (tell_of_editions_in_force(), tell_of_editions_in_force()) == (3, 0)
    assert set(told.values_list("about", flat=True)) == {
        f"edition.{stage}:{edition.reference}" for stage in ("published", "in_force")
    }


def test_items_and_products_are_narrowed_to_the_lists_on_which_they_stand(world, travel):
    travel(NOW)
    place, page = insurance(world), sitting(world.pharmacist)
    made = begin_list(kind="zero_markup", name="零差率目录", by=world.cataloguer, now=NOW)
    published(world, drafted(world, made, TODAY, [EntryRow(item=place.items[0])]), removed=0)
    shown = page.get(reverse("catalogue:items"))
    (group,) = [options for label, options in shown.context["facets"] if str(label) == "On the list"]
    assert [(option.label, option.count) for option in group] == [("医保目录", 3), ("零差率目录", 1)]
    narrowed = page.get(group[0].url)
    assert [row.cells[1].value for row in narrowed.context["table"].rows] == ["10mg", "2.5mg", "5mg"]
    products = page.get(reverse("catalogue:products"), {"list": place.list.reference}).context["table"].rows
    assert {row.cells[1].value for row in products} == {"10mg", "2.5mg", "5mg"}
