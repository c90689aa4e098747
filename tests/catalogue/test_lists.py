"""Editions of lists: drafted by one, compared with the one before, published by another, never changed after that."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import actions
from catalogue.actions import EditionFacts, EntryRow
from catalogue.models import Edition, EditionEntry, PriceEntry
from catalogue.rules.lists import compare
from core.actions import action
from core.errors import Conflict, Denied, Refused
from core.models import Event
from tests.catalogue.listing_stage import TODAY, drafted, insurance, published, reviewer
from tests.world import NOW

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 1)


@pytest.fixture
def listed(world):
    return insurance(world)


@given(
    *[
        st.dictionaries(
            st.integers(0, 9), st.fixed_dictionaries({"class": st.sampled_from("ab"), "note": st.text(max_size=1)})
        )
    ]
    * 2
)
@settings(max_examples=25, deadline=None)
def test_every_entry_of_either_edition_stands_in_the_comparison_just_once(before, after):
    told = compare(before, after)
    parts = [told.added, told.removed, set(told.changed), told.same]
    assert sum(map(len, parts)) == len(before.keys() | after.keys())
    assert set().union(*parts) == before.keys() | after.keys()
    rolled = {key: dict(facts) for key, facts in before.items() if key not in told.removed}
    rolled |= {key: dict(after[key]) for key in told.added}
    for key, changes in told.changed.items():
        assert {name: was for name, (was, _is) in changes.items()}.items() <= before[key].items()
        rolled[key] |= {name: now for name, (_was, now) in changes.items()}
    assert rolled == after


def test_the_database_compares_as_the_rule_does(world, listed):
    a, b, c, d = listed.items
    rows = [
        EntryRow(item=a, entry_class="a"),
        EntryRow(item=b, entry_class="b", restriction="限二线"),
        EntryRow(item=d, entry_class="a"),
        EntryRow(item=d, product=d.products.get(), entry_class="b"),
    ]
    edition = drafted(world, listed.list, JUNE, rows, whole=True)
    told = compare(
        *({(e.item_id, e.product_id): facts(e) for e in one.entries.all()} for one in (listed.first, edition))
    )
    assert (
        {(e.item_id, e.product_id) for e in edition.added()}
        == told.added
        == {(d.pk, None), (d.pk, d.products.get().pk)}
    )
    assert {(e.item_id, e.product_id) for e in edition.removed()} == told.removed == {(c.pk, None)}
    [changed] = edition.changed()
    assert (changed.item_id, changed.was["entry_class"], changed.entry_class) == (b.pk, "a", "b")
    assert set(told.changed) == {(b.pk, None)}


def facts(entry):
    return {name: getattr(entry, name) for name in ("entry_class", "restriction", "payment_standard", "units", "note")}


def test_an_edition_takes_effect_on_its_day_and_ends_the_one_before(world, listed):
    edition = drafted(world, listed.list, JUNE)
    assert edition.entries.count() == 3
    actions.remove_entries(
        edition=edition, entries=[edition.entries.get(item=listed.items[0]).pk], by=world.cataloguer, now=NOW
    )
    with pytest.raises(Refused) as unsaid:
        actions.propose_edition(edition=edition, by=world.cataloguer, now=NOW)
    assert unsaid.value.faults[0].field == "removal_reason"
    actions.propose_edition(edition=edition, removal_reason="withdrawn", by=world.cataloguer, now=NOW)
    with pytest.raises(Refused) as unseen:
        actions.publish_edition(edition=edition, removed=0, by=reviewer(world), now=NOW)
    assert unseen.value.code == "removed_differs"
    actions.publish_edition(edition=edition, removed=1, by=reviewer(world), now=NOW)
    assert (
        Edition.objects.get(pk=listed.first.pk).valid_to,
        EditionEntry.objects.filter(edition=listed.first).count(),
    ) == (
        date(2026, 5, 31),
        3,
    )
    on = lambda day: EditionEntry.objects.in_force(day).filter(item=listed.items[0]).count()  # noqa: E731
    assert [on(date(2026, 5, 31)), on(JUNE)] == [1, 0]
    told = Event.objects.get(verb="edition.published", subject=edition.reference)
    assert (told.data["removed"], told.audience) == (1, "public")


def test_whoever_prepared_it_does_not_publish_it_from_any_seat(world, listed):
    edition = drafted(world, listed.list, JUNE, [EntryRow(item=listed.items[3], entry_class="b")])
    actions.propose_edition(edition=edition, by=reviewer(world), now=NOW)
    for seat in (world.cataloguer, reviewer(world)):
        with pytest.raises(Refused) as alone:
            actions.publish_edition(edition=edition, removed=0, by=seat, now=NOW)
        assert alone.value.code == "same_person"
    with pytest.raises(Denied):
        actions.publish_edition(edition=edition, removed=0, by=world.officer, now=NOW)
    with pytest.raises(DatabaseError, match="two people"), transaction.atomic():
        _past_the_action(edition, published_at=NOW, published_by=world.cataloguer)


@action
def _past_the_action(edition, **changes):
    Edition.objects.filter(pk=edition.pk).update(**changes)


@action
def _change_an_entry(edition):
    edition.entries.update(note="quietly")


@action
def _remove_an_entry(edition):
    edition.entries.all()[:1].get().delete()


def test_what_is_published_or_under_review_is_changed_by_nobody(world, listed):
    edition = drafted(world, listed.list, JUNE, [EntryRow(item=listed.items[3], entry_class="b")])
    actions.propose_edition(edition=edition, by=world.cataloguer, now=NOW)
    for held in (listed.first, edition):
        with pytest.raises(Refused):
            actions.set_entries(
                edition=held, rows=[EntryRow(item=listed.items[3], entry_class="a")], by=world.cataloguer, now=NOW
            )
        for change in (_change_an_entry, _remove_an_entry):
            with pytest.raises(DatabaseError), transaction.atomic():
                change(held)
    with pytest.raises(DatabaseError), transaction.atomic():
        _past_the_action(edition, valid_from=TODAY)
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        _past_the_action(listed.first, title="another")


def test_it_goes_back_with_a_question_and_comes_again(world, listed):
    edition = drafted(world, listed.list, JUNE, [EntryRow(item=listed.items[3], entry_class="b")])
    actions.propose_edition(edition=edition, by=world.cataloguer, now=NOW)
    back = actions.ask_back_edition(edition=edition, question="Why class B?", by=reviewer(world), now=NOW)
    assert (back.status, back.question) == ("draft", "Why class B?")
    actions.set_entries(
        edition=edition, rows=[EntryRow(item=listed.items[3], entry_class="a")], by=world.cataloguer, now=NOW
    )
    published(world, Edition.objects.get(pk=edition.pk), removed=0)
    assert Edition.objects.get(pk=edition.pk).status == "published"


def test_a_second_draft_of_a_list_is_told_of_the_first(world, listed):
    first = drafted(world, listed.list, JUNE)
    with pytest.raises(Conflict, match=first.reference) as told:
        actions.draft_edition(of=listed.list, facts=EditionFacts("b", "c", JUNE), by=reviewer(world), now=NOW)
    assert told.value.code == "pending"
    actions.discard_edition(edition=first, reason="another comes", by=reviewer(world), now=NOW)
    assert drafted(world, listed.list, JUNE).status == "draft"


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY - timedelta(days=100)])
def test_editions_roll_forward_only(world, listed, day):
    with pytest.raises(Refused) as back:
        drafted(world, listed.list, day)
    assert back.value.faults[0].field == "valid_from"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "entry_class"),
        ({"entry_class": "negotiated"}, "payment_standard"),
        ({"entry_class": "a", "payment_standard": Decimal(0)}, "payment_standard"),
        ({"entry_class": "a", "units": 0}, "units"),
        ({"entry_class": "a", "note": "x" * 301}, "note"),
        ({"entry_class": "a", "product": True}, "product"),
    ],
)
def test_what_an_entry_lacks_is_told_with_its_row(world, listed, said, field):
    edition = drafted(world, listed.list, JUNE)
    said = said | ({"product": listed.items[0].products.get()} if "product" in said else {})
    rows = [EntryRow(item=listed.items[0], entry_class="a"), EntryRow(item=listed.items[1], **said)]
    with pytest.raises(Refused) as wrong:
        actions.set_entries(edition=edition, rows=rows, by=world.cataloguer, now=NOW)
    assert (wrong.value.faults[0].field, wrong.value.faults[0].row) == (field, 2)
    assert edition.entries.get(item=listed.items[1]).entry_class == "a"


def test_payment_standards_go_into_the_register_with_the_edition(world, listed):
    _a, b, c, _d = listed.items
    assert [(e.item, e.price, e.units, e.valid_from) for e in PriceEntry.objects.all()] == [
        (c, Decimal("4.16"), 28, listed.first.valid_from)
    ]
    rows = [
        EntryRow(item=b, entry_class="b", payment_standard=Decimal("0.5")),
        EntryRow(item=c, entry_class="negotiated", payment_standard=Decimal("4.16"), units=28),
    ]
    published(world, drafted(world, listed.list, JUNE, rows), removed=0)
    assert PriceEntry.objects.get(item=c).valid_to is None  # confirmed: it stands as it was
    assert (PriceEntry.objects.get(item=b).kind, PriceEntry.objects.get(item=b).valid_from) == (
        "payment_standard",
        JUNE,
    )
    july = date(2026, 7, 1)
    cheaper = EntryRow(item=b, entry_class="b", payment_standard=Decimal("0.4"))
    published(world, drafted(world, listed.list, july, [cheaper], whole=True), removed=2)
    assert set(PriceEntry.objects.values_list("item", "price", "valid_to")) == {
        (b.pk, Decimal("0.5"), date(2026, 6, 30)),
        (b.pk, Decimal("0.4"), None),
        (c.pk, Decimal("4.16"), date(2026, 6, 30)),
    }


def test_publishing_asks_as_much_for_many_standards_as_for_few(world, listed, django_assert_max_num_queries):
    rows = [EntryRow(item=item, entry_class="b", payment_standard=Decimal("0.5")) for item in listed.items]
    edition = drafted(world, listed.list, JUNE, rows)
    actions.propose_edition(edition=edition, by=world.cataloguer, now=NOW)
    with django_assert_max_num_queries(26):
        actions.publish_edition(edition=edition, removed=0, by=reviewer(world), now=NOW)
    assert PriceEntry.objects.in_force(JUNE).filter(kind="payment_standard").count() == 4
