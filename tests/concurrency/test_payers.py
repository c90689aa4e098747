"""Two award officers who say in the same moment who pays, or who is paid, for the same from the same day."""

from functools import partial

import pytest

from contracts.actions import PayeeTerms, PayerTerms, set_payee, set_payer
from contracts.models import PayeeRow, PayerRow, PayerRule
from core.errors import Refused
from tests.concurrency.test_orders import at_once, wins, without
from tests.contracts.builders import TODAY
from tests.roles import program_of
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officers(world):
    return [world.seat(world.agency, "awarder") for _officer in range(2)]


def both(officers, act, terms):
    return at_once(*[partial(act, terms=terms, by=officer, now=NOW) for officer in officers])


@pytest.mark.parametrize(
    ("act", "terms", "rows"),
    [
        (set_payer, PayerTerms("hospital", TODAY), PayerRow),
        (set_payee, PayeeTerms("supplier", TODAY), PayeeRow),
        (set_payer, PayerTerms("hospital", TODAY, rule="funds", begins_rule=True), PayerRow),
    ],
    ids=["payer", "payee", "new rule"],
)
def test_one_row_goes_in_and_the_other_officer_is_told(officers, act, terms, rows):
    outcomes = both(officers, act, terms)
    assert len(wins(outcomes)) == 1
    # Conflict, or, a moment later, the refusal of a rule that has begun.
    (told,) = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert isinstance(told, Refused), told
    assert rows.objects.count() == PayerRule.objects.count() == 1


def test_by_program_the_other_gets_409_and_nobody_500(world, officers):
    """A constraint that excludes lets two inserts wait for each other; the database breaks the circle."""
    programs = [program_of(officer) for officer in officers]
    for _round in range(5):
        hospital = world.organisation("hospital")
        body = {"who": "hospital", "institution": hospital.credit_code, "valid_from": "2099-01-01"}
        answers = at_once(*[partial(program.post, "/api/v1/payers/", body, format="json") for program in programs])
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        assert PayerRow.objects.filter(institution=hospital).count() == 1


def test_without_the_constraint_two_rows_speak_of_the_same_day(officers):
    with without("payer_row_one_at_a_time", emptied="contracts_payerrow"):
        assert len(wins(both(officers, set_payer, PayerTerms("hospital", TODAY)))) == 2
        assert PayerRow.objects.count() == 2
