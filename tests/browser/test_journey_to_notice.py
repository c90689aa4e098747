"""From locked demand to the notice of a tender, page by page. Of five openers and five evaluators one each does their
part in the browser, the others by the same actions."""

import pytest

from tenders.models import Tender
from tests.browser import stretches
from tests.demand.stage import item_of, locked_window
from tests.tenders.stage import Stage, add_evaluator, add_opener, prove_keys, rule_set
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_tender_is_prepared_by_one_officer_and_published_by_another(walk, world, travel):
    travel(NOW)
    rule_set()
    window, hospitals = locked_window(world, [item_of(world, "Demo medicine")])
    opener, evaluator = world.seat(world.regulator, "opener"), world.seat(world.hospital, "evaluator")
    walk.sit(world.officer)
    walk.nav("Demand")
    walk.follow(window.reference)
    stretches.prepare_tender(walk, world)
    stretches.name_people(walk, [opener], [evaluator])
    key = stretches.make_key(walk, opener)
    stage = Stage(world, window, Tender.objects.get(), world.officer, hospitals)
    prove_keys([add_opener(stage, number) for number in range(4)])
    stretches.prove_key(walk, key)
    stretches.declare(walk, evaluator)
    for _further in range(4):
        add_evaluator(stage, world.hospital)
    stretches.publish_tender(walk, world)
    tender = Tender.objects.get()
    assert (tender.status, tender.prepared_by, tender.published_by) == ("published", world.officer, world.preparer)
    assert walk.problems == []
