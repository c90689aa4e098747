"""Which organisations belong together is a dated row that two people have made, and holds through others too."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.actions import Basis, Evidence, Tie, propose_affiliation, propose_separation
from accounts.models import Affiliation, Filing
from accounts.rules import groups
from core.clock import legal_date
from core.errors import Conflict, Refused
from procurement.actions import confirm_filing
from tests.roles import program_of
from tests.world import NOW

TODAY = legal_date(NOW)
LATER = NOW + timedelta(days=40)
BASIS = Basis(TODAY, Evidence("register.pdf", b"%PDF share register"))

ids = st.integers(0, 8)


@given(st.lists(st.tuples(ids, ids)), st.sets(ids))
def test_groups_are_what_can_be_reached_from_pair_to_pair(pairs, members):
    reached = {one: {one} for one in range(9)}
    for _round in range(9):
        for one, other in pairs:
            both = reached[one] | reached[other]
            for each in both:
                reached[each] = reached[each] | both
    expected = {frozenset(reached[one] & members) for one in members}
    assert set(groups(pairs, members)) == {group for group in expected if len(group) > 1}


@given(st.lists(st.tuples(ids, ids)), st.sets(ids), st.randoms())
def test_groups_do_not_depend_on_the_order_of_pairs(pairs, members, random):
    shuffled = [pair if random.random() < 0.5 else pair[::-1] for pair in random.sample(pairs, len(pairs))]
    assert groups(pairs, members) == groups(shuffled, members)


@pytest.fixture
def pair(world):
    """Two registrars."""
    return world.seat(world.agency, "registrar"), world.seat(world.agency, "registrar")


def suppliers(world, count):
    return [world.organisation("supplier", f"Maker {number}") for number in range(count)]


def tied(pair, one, other, kind="control", *, basis=BASIS, **more):
    filing = propose_affiliation(tie=Tie(kind, one, other), basis=basis, by=pair[0], now=LATER, **more)
    return confirm_filing(filing=filing, by=pair[1], now=LATER)


def test_nothing_belongs_together_before_a_second_person_has_confirmed_it(world, pair):
    one, other = suppliers(world, 2)
    propose_affiliation(tie=Tie("control", one, other), share=Decimal("60"), basis=BASIS, by=pair[0], now=LATER)
    assert not Affiliation.objects.exists()
    assert list(one.affiliated(on=TODAY)) == []
    confirm_filing(filing=Filing.objects.get(), by=pair[1], now=LATER)
    row = Affiliation.objects.get()
    assert (row.share, row.valid_from, row.filing) == (Decimal("60"), TODAY, Filing.objects.get())


def test_it_holds_on_its_days_and_through_others(world, pair):
    one, two, three, alone = suppliers(world, 4)
    tied(pair, one, two)
    tied(pair, two, three, "contract_maker")
    day = TODAY + timedelta(days=10)
    assert set(one.affiliated(on=TODAY)) == {two, three}
    assert list(one.affiliated(on=TODAY - timedelta(days=1))) == []
    assert list(alone.affiliated(on=TODAY)) == []
    ending = propose_separation(tie=Tie("control", two, one), basis=replace(BASIS, day=day), by=pair[0], now=LATER)
    confirm_filing(filing=ending, by=pair[1], now=LATER)
    assert set(one.affiliated(on=day)) == {two, three}
    assert list(one.affiliated(on=day + timedelta(days=1))) == []
    members = [one.pk, three.pk, alone.pk]
    assert Affiliation.objects.groups_of(members, day) == [frozenset({one.pk, three.pk})]
    assert Affiliation.objects.groups_of(members, day + timedelta(days=1)) == []


def test_control_has_no_direction_and_a_contract_maker_has(world, pair):
    one, other = suppliers(world, 2)
    tied(pair, other, one)
    with pytest.raises(Conflict, match="on record"):
        propose_affiliation(tie=Tie("control", one, other), basis=BASIS, by=pair[0], now=LATER)
    tied(pair, one, other, "contract_maker")
    tied(pair, other, one, "contract_maker")
    assert Affiliation.objects.count() == 3


def test_what_two_filings_say_at_once_is_recorded_once(world, pair):
    one, other = suppliers(world, 2)
    filing = propose_affiliation(tie=Tie("control", one, other), basis=BASIS, by=pair[0], now=LATER)
    with pytest.raises(Conflict, match="waits"):
        propose_affiliation(tie=Tie("control", other, one), basis=BASIS, by=pair[1], now=LATER)
    confirm_filing(filing=filing, by=pair[1], now=LATER)
    endings = [
        propose_separation(tie=Tie("control", one, other), basis=BASIS, by=pair[0], now=LATER),
    ]
    confirm_filing(filing=endings[0], by=pair[1], now=LATER)
    with pytest.raises(Refused, match="Nothing of this kind"):
        propose_separation(tie=Tie("control", one, other), basis=BASIS, by=pair[0], now=LATER)


def test_an_organisation_does_not_belong_to_itself_and_a_share_is_of_a_hundred(world, pair):
    one, other = suppliers(world, 2)
    with pytest.raises(Refused, match="two organisations"):
        propose_affiliation(tie=Tie("control", one, one), basis=BASIS, by=pair[0], now=LATER)
    with pytest.raises(Refused, match="share"):
        propose_affiliation(tie=Tie("control", one, other), share=Decimal(101), basis=BASIS, by=pair[0], now=LATER)


def test_registrars_file_on_pages_and_nobody_else_reads_who_belongs_together(world, pair, client):
    one, other = suppliers(world, 2)
    page = reverse("accounts:propose-affiliation", args=[one.credit_code])
    sent = {"kind": "contract_maker", "other": other.credit_code, "share": "", "day": TODAY.isoformat()}
    client.force_login(pair[0].person)
    for first, expected in (("", other), ("on", one)):
        paper = SimpleUploadedFile("register.pdf", b"%PDF")
        answer = client.post(page, {**sent, "comes_first": first, "document": paper})
        assert answer.status_code == 302, answer.content.decode()
        assert Filing.objects.first().organisation == expected
    client.force_login(pair[1].person)
    for filing in Filing.objects.all():
        assert client.get(filing.get_absolute_url()).status_code == 200
        assert client.post(reverse("confirm-filing", args=[filing.reference])).status_code == 302
    assert other.name in client.get(one.get_absolute_url()).content.decode()
    ending = reverse("accounts:propose-separation", args=[one.credit_code])
    paper = SimpleUploadedFile("register.pdf", b"%PDF")
    assert client.post(ending, {**sent, "comes_first": "on", "document": paper}).status_code == 302
    client.force_login(world.pharmacist.person)
    assert other.name not in client.get(one.get_absolute_url()).content.decode()


def test_programs_file_both(world, pair):
    one, other = suppliers(world, 2)
    first, second = map(program_of, pair)
    body = {"organisation": one.credit_code, "other": other.credit_code, "affiliation": "control", "day": str(TODAY)}
    for path, more in (("affiliations", {"share": "51.50"}), ("separations", {})):
        sent = {**body, **more, "document": SimpleUploadedFile("r.pdf", b"%PDF")}
        made = first.post(f"/api/v1/filings/{path}/", sent, format="multipart")
        assert made.status_code == 201, made.json()
        answer = second.post(f"/api/v1/filings/{made.json()['reference']}/confirm/", {}, format="json")
        assert answer.status_code == 200, answer.json()
    row = Affiliation.objects.get()
    assert (row.share, row.valid_to) == (Decimal("51.50"), TODAY)
