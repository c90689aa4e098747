"""No entry is lost unsaid: whatever is done to drafts, what an edition leaves out of the one before stands in its
comparison, has been counted by whoever published it, and has a reason."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.actions import (
    EntryRow,
    ask_back_edition,
    discard_edition,
    propose_edition,
    publish_edition,
    remove_entries,
    set_entries,
)
from core.errors import Refused
from tests.catalogue.listing_stage import TODAY, drafted, insurance, reviewer
from tests.world import NOW

DAY = timedelta(days=1)
CLASSES = ("a", "b")
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.dictionaries(st.integers(0, 3), st.sampled_from(CLASSES), min_size=1)),
        st.tuples(st.just("replace"), st.dictionaries(st.integers(0, 3), st.sampled_from(CLASSES), min_size=1)),
        st.tuples(st.just("remove"), st.sets(st.integers(0, 3), min_size=1)),
        st.tuples(st.just("ask_back"), st.none()),
    ),
    max_size=6,
)


def said(edition):
    """What an edition says of each thing."""
    return {(entry.item_id, entry.product_id): entry.entry_class for entry in edition.entries.all()}


def done(world, edition, acts, items):
    """The acts on a draft, one after another; a refused one leaves it as it was."""
    for act, asked in acts:
        edition.refresh_from_db()
        try:
            if act in ("set", "replace"):
                rows = [EntryRow(item=items[at], entry_class=of) for at, of in asked.items()]
                set_entries(edition=edition, rows=rows, whole=act == "replace", by=world.cataloguer, now=NOW)
            elif act == "remove":
                keys = edition.entries.filter(item__in=[items[at] for at in asked]).values_list("pk", flat=True)
                remove_entries(edition=edition, entries=list(keys), by=world.cataloguer, now=NOW)
            else:
                propose_edition(edition=edition, removal_reason="gone", by=world.cataloguer, now=NOW)
                ask_back_edition(edition=edition, question="Why?", by=reviewer(world), now=NOW)
        except Refused:
            continue


def test_an_edition_never_loses_an_entry_of_the_one_before_unsaid(world):
    place = insurance(world)
    before, days = place.first, iter(range(1, 10_000))

    @settings(max_examples=25, deadline=None)
    @given(ACTS, st.booleans())
    def holds(acts, with_reason):
        nonlocal before
        before.refresh_from_db()
        edition = drafted(world, place.list, TODAY + next(days) * DAY)
        assert said(edition) == said(before)  # a draft begins with all that the edition before says
        done(world, edition, acts, place.items)
        edition.refresh_from_db()
        was, now = said(before), said(edition)
        lost = was.keys() - now.keys()
        assert {(one.item_id, one.product_id) for one in edition.removed()} == lost
        assert {(one.item_id, one.product_id) for one in edition.added()} == now.keys() - was.keys()
        assert {(one.item_id, one.product_id) for one in edition.changed()} == {
            key for key in was.keys() & now.keys() if was[key] != now[key]
        }
        facts = {"removal_reason": "gone" if with_reason else " ", "by": world.cataloguer, "now": NOW}
        if not now or now == was or (lost and not with_reason):
            with pytest.raises(Refused):
                propose_edition(edition=edition, **facts)
            discard_edition(edition=edition, reason="not this one", by=world.cataloguer, now=NOW)
            return
        propose_edition(edition=edition, **facts)
        for wrong in {len(lost) + 1, 0} - {len(lost)}:
            with pytest.raises(Refused):
                publish_edition(edition=edition, removed=wrong, by=reviewer(world), now=NOW)
        published = publish_edition(edition=edition, removed=len(lost), by=reviewer(world), now=NOW)
        assert not lost or published.removal_reason
        assert said(before) == was  # and what was said before stays to be read
        before = published

    holds()
