"""From opened prices to an award that everybody can follow, page by page."""

import pytest

from awards.models import Award
from tests.browser import stretches
from tests.tenders.judging import AWARDED, PROPOSED, ranked_lot

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_lot_is_proposed_awarded_and_explained(walk, world, travel):
    stage, bids = ranked_lot(world, "66.00", "71.00", "80.00", "50.00", totals={3: "30"})
    bidders = [bid.prepared_by for bid in bids]
    travel(PROPOSED)
    stretches.award_lot(walk, world, bidders, travel, at=AWARDED)
    stretches.read_why(walk, bidders, stage.lots[0].title, "66.00")
    assert Award.objects.binding().get(place=1).supplier == bidders[0].organisation
    assert walk.problems == []
