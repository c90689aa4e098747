"""The events of the trail on a page: who watches reads, filters and takes along all of them, and nobody else any."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from core.clock import legal_date
from core.events import record_all
from core.models import Event, Verb
from procurement.events import AREAS, EventTable, kinds, page_of
from procurement.shell import SENTENCES
from tests.contracts.builders import trade
from tests.contracts.pages import sitting
from tests.roles import as_web
from tests.tenders.bids import bids_in
from tests.tenders.stage import published_tender
from tests.world import NOW

pytestmark = pytest.mark.django_db
PAGE = "/trail/events/"


def subjects_of(answer) -> list[str]:
    return [row.object.subject for row in answer.context["table"].rows]


def asked(seat, **filters):
    answer = sitting(seat).get(PAGE, filters)
    assert answer.status_code == 200
    return answer


def many(world, count, *, verb=Verb.TABLE_FILLED):
    """Events a second apart, the first of them at the world's beginning."""
    for n in range(count):
        told = [(f"t{n}", {"rows": n, "table": f"t{n}"})]
        record_all(verb, told, by=None, now=NOW + timedelta(seconds=n))


def test_an_auditor_alone_reads_them_even_of_sealed_bids(world):
    stage = published_tender(world)
    bids = bids_in(stage, "13.50")
    found = asked(world.auditor, subject=bids[0].reference)
    assert bids[0].reference in subjects_of(found)
    for seat in (stage.officer, stage.suppliers[0], world.finance):
        assert sitting(seat).get(PAGE).status_code == 403
    assert f'href="{PAGE}"' in found.content.decode()


def test_what_an_event_is_about_opens_for_the_auditor(world):
    trade(world)
    published_tender(world)
    auditor = sitting(world.auditor)
    subjects = set(Event.objects.values_list("subject", flat=True))
    links = {link.split("/")[1]: link for subject in subjects if (link := page_of(subject, world.auditor))}
    assert len(links) >= 6, "things of many kinds"
    assert {link: auditor.get(link).status_code for link in links.values()} == dict.fromkeys(links.values(), 200)


def test_each_filter_leaves_what_it_says_and_nothing_else(world):
    trade(world)
    day = legal_date(Event.objects.order_by("at").last().at)
    whole = Event.objects.all()
    kept = {
        ("since", day.isoformat()): lambda event: legal_date(event.at) >= day,
        ("until", day.isoformat()): lambda event: legal_date(event.at) <= day,
        ("person", world.pharmacist.person.name[:-1]): lambda event: world.pharmacist.person.name[:-1] in event.actor,
        ("organisation", world.hospital.name): lambda event: f"({world.hospital.name})" in event.actor,
        ("kind", "order.placed"): lambda event: event.verb == "order.placed",
        ("kind", "contracts"): lambda event: event.verb in AREA_OF_CONTRACTS,
        ("origin", "command"): lambda event: event.origin == "command",
    }
    order = whole.filter(verb="order.placed").first()
    kept["subject", order.subject.lower()] = lambda event: event.subject == order.subject
    for (name, value), fits in kept.items():
        table = EventTable(request_for(world.auditor, **{name: value}), whole)
        expected = {event.pk for event in whole if fits(event)}
        assert expected, name
        assert set(table.matching.values_list("pk", flat=True)) == expected, name


AREA_OF_CONTRACTS = {value for area, choices in kinds() if area == AREAS["contracts"] for value, _words in choices}


def request_for(seat, **filters):
    return asked(seat, **filters).wsgi_request


def test_words_are_found_in_what_was_said_and_no_further_back_than_told(world):
    title = published_tender(world).window.title
    words = {"q": title}
    limited, whole = asked(world.auditor, **words), asked(world.auditor, since="2020-01-01", **words)
    assert "last 31 days" in limited.content.decode()
    assert subjects_of(limited) == []
    assert subjects_of(whole)
    assert all(title in str(row.object.data) for row in whole.context["table"].rows)


def test_every_kind_can_be_chosen():
    offered = {value for _area, choices in kinds() for value, _words in choices}
    assert offered == set(SENTENCES) | set(AREAS)


def test_pages_go_back_by_key_through_all_and_cost_the_same(world):
    many(world, 130)
    auditor, seen, queries, address = sitting(world.auditor), [], [], PAGE + "?kind=table.filled"
    while address:
        with CaptureQueriesContext(connection) as asked:
            answer = auditor.get(address)
        queries.append(len(asked))
        seen += subjects_of(answer)
        address = answer.context["table"].next_url
    released = Event.objects.filter(verb="table.filled").exclude(subject__startswith="t").count()
    assert len(seen) == len(set(seen)) == 130 + released
    assert [subject for subject in seen if re.fullmatch(r"t\d+", subject)] == [f"t{n}" for n in reversed(range(130))]
    assert len(set(queries)) == 1


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        ({}, "at_id"),
        ({"kind": "table.filled"}, "verb_at_id"),
        ({"subject": "t7"}, "subject_id"),
        ({"person": "Demo"}, "seat"),
    ],
)
def test_an_index_finds_a_page_behind_the_wall_too(world, filters, index):
    many(world, 60)
    request = request_for(world.auditor, **filters)
    first = EventTable(request, Event.objects.visible_to(world.auditor))
    request.GET = request.GET.copy()
    if first.next_url:
        request.GET["after"] = first.next_url.split("after=")[1]
    with as_web(world.auditor), CaptureQueriesContext(connection) as queries, connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        _rows = EventTable(request, Event.objects.visible_to(world.auditor)).rows
        cursor.execute("EXPLAIN " + queries.captured_queries[-1]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert index in plan


def test_an_export_has_the_sentences_and_is_an_event_itself(world):
    published_tender(world)
    answer = sitting(world.auditor).get(PAGE, {"export": "csv", "kind": "tender.published"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert "published" in lines[1]
    assert len(lines) == 2
    told = asked(world.auditor, kind="data.exported")
    assert escape("kind=tender.published") in told.content.decode()
