"""Whatever is sent to whatever address: no 500, errors of the API in their one shape, and nothing of anybody else."""

from random import Random

import pytest

from tests.commit import number
from tests.guards.answers import Sent
from tests.guards.attacks import drawn, everything, families
from tests.guards.ground import Ground, targets

pytestmark = pytest.mark.django_db
OF_EACH = 8
SHOWN = 40


def test_there_is_enough_to_attack():
    assert len(targets()) > 400
    assert len(families()) > 20


def test_what_attackers_send_is_answered_as_it_should_be(world, capsys):
    """Drawn by the commit; nightly all of them are sent."""
    ground, sent = Ground(world), Sent()
    for attack in drawn(ground, Random(number()), OF_EACH):
        sent.judge(attack, ground)
    with capsys.disabled():
        print(f"\n{sent}")  # noqa: T201
    assert len(sent.families) == len(families())
    assert sent.wrong == [], "\n".join(sent.wrong[:SHOWN])


@pytest.mark.nightly
@pytest.mark.parametrize("family", sorted(families()))
def test_everything_of_a_family_is_answered_as_it_should_be(world, family, capsys):
    ground, sent = Ground(world), Sent()
    for attack in everything(ground, family):
        sent.judge(attack, ground)
    with capsys.disabled():
        print(f"\n{family}: {sent}")  # noqa: T201
    assert sent.families.total() > 100
    assert sent.wrong == [], "\n".join(sent.wrong[:SHOWN])


def test_an_address_of_e_mail_that_is_none_is_no_failure_of_ours(client, db):
    """Of those that failed it was kept for the lock, and no row holds so much."""
    answer = client.post("/sign-in/", {"username": "長" * 300, "password": "x"})
    assert answer.status_code == 200
    assert "254" in answer.content.decode()
