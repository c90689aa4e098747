"""Codes at the same moment, on real connections: no more looks than the limit, and no code taken twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import factors
from accounts.models import GuessedCodes, Passkey
from core.errors import Refused
from tests.accounts.proving import Device, code_of, give_codes, give_passkey
from tests.core.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
GUESSERS = 8


def test_a_storm_of_guesses_gets_ten_looks_and_not_one_more(world, monkeypatch):
    """Eight connections with forty guesses each; the look itself is counted, not what it answers."""
    person, looks = world.officer.person, []
    give_codes(person)
    look = factors._one_time

    def counted(*args):
        looks.append(args)
        return look(*args)

    monkeypatch.setattr(factors, "_one_time", counted)

    def guess_on():
        for number in range(40):
            try:
                factors.prove_by_code(person=person, text=f"{number:06}", now=timezone.now())
            except Refused:
                continue

    assert at_once(*[guess_on] * GUESSERS) == [None] * GUESSERS
    assert len(looks) == factors.GUESSES
    assert GuessedCodes.objects.get(person=person).number == factors.GUESSES


def test_one_code_at_two_doors_opens_one(world):
    person = world.officer.person
    give_codes(person)
    code, now = code_of(person), timezone.now()
    ended = at_once(*[lambda: factors.prove_by_code(person=person, text=code, now=now)] * 4)
    assert ended.count(None) == 1
    assert [outcome for outcome in ended if not isinstance(outcome, Refused | None)] == []


def test_one_recovery_code_at_two_doors_opens_one(world):
    recovery, now = give_codes(world.officer.person), timezone.now()
    ended = at_once(*[lambda: factors.prove_by_code(person=world.officer.person, text=recovery[0], now=now)] * 4)
    assert ended.count(None) == 1


def test_one_count_of_a_passkey_is_taken_once(world):
    give_passkey(world.officer.person, Device(counter=4))
    passkey, now = Passkey.objects.get(), timezone.now()
    ended = at_once(*[lambda: factors.use_passkey(passkey=passkey, counter=5, now=now)] * 4)
    assert ended.count(None) == 1


def test_of_two_last_factors_one_stays(world):
    person, now = world.officer.person, timezone.now() + timedelta(seconds=1)
    give_codes(person)
    give_passkey(person, Device())
    passkey = Passkey.objects.get()
    ended = at_once(
        lambda: factors.remove_codes(person=person, now=now), lambda: factors.remove_passkey(passkey=passkey, now=now)
    )
    assert ended.count(None) == 1
    assert factors.has_factor(person)
