"""Hospitals that buy what is short are told of it once it is verified, and nobody else."""

from datetime import timedelta

from accounts.models import InboxMessage
from catalogue.actions import ReportedShortage, report_shortages, verify_shortage
from contracts.tasks import tell_of_shortages
from tests.catalogue.listings import TODAY
from tests.contracts.builders import contract_in_force
from tests.world import NOW, _region


def short(world, item, product=None, region=None, now=NOW):
    report = ReportedShortage(item, product, region or world.region, TODAY, "No stock at two distributors")
    [made] = report_shortages(reports=[report], by=world.pharmacist, now=now)
    return made


def test_who_buys_it_in_the_region_is_told_once_it_is_verified(world, travel):
    travel(NOW)
    contract = contract_in_force(world)
    bought = contract.lines.get(number=1).products.get().product_version.product
    reader = world.seat(world.hospital, "receiver")
    stranger = world.seat(world.organisation("hospital"), "pharmacist")
    made = short(world, bought.item)
    assert tell_of_shortages() == 0
    verify_shortage(shortage=made, by=world.cataloguer, now=NOW)
    assert (tell_of_shortages(), tell_of_shortages()) == (1, 0)
    told = InboxMessage.objects.get(subject=made.reference)
    assert told.seat == world.pharmacist
    assert told.seat not in (reader, stranger)
    assert bought.item.name in told.sentence
    assert told.path == made.get_absolute_url()


def test_of_another_region_or_another_makers_product_nobody_is_told(world, travel):
    travel(NOW)
    contract = contract_in_force(world)
    first, second = (contract.lines.get(number=number).products.get().product_version.product for number in (1, 2))
    far = short(world, first.item, region=_region("330000", "浙江省", "Zhejiang"))
    own = short(world, second.item, product=second)
    for made in (far, own):
        verify_shortage(shortage=made, by=world.cataloguer, now=NOW)
    assert tell_of_shortages() == 1
    assert InboxMessage.objects.get(about__startswith="shortage.").subject == own.reference
    travel(NOW + timedelta(days=3))
    assert tell_of_shortages() == 0
