"""What is found, by whom, and that nobody is told of more by asking."""

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from core.models import Event, SearchEntry
from core.search import Entry, asked_tokens, find, holding, index, tokens
from tests.roles import as_web

NAME = "阿莫西林胶囊"
PUBLIC, AGENCY, NAMED = Event.Audience.PUBLIC, Event.Audience.AGENCY, Event.Audience.NAMED


def entry(reference, title=NAME, **said):
    return Entry(**{"kind": "item", "reference": reference, "title": title, "audience": PUBLIC, **said})


KINDS = ("item", "order")


def asked(text, most=50):
    return find(text, KINDS, most)


def found(text):
    return {hit.reference for hit in asked(text)}


# --- Words ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    [
        NAME, "阿莫西林", "西林", "胶", "阿莫 胶囊", "amoxilin", "amoxilinjiaonang", "amxl", "a mo xi lin", "AMXLJN",
        "jiaonang", "国药准字H20023", "h20023", "T-2026-0014", "t20260014", "2026-0014", "0014", "ＡＭＸＬ",
    ],
)  # fmt: skip
def test_a_name_is_found_by_what_people_type_of_it(typed):
    assert asked_tokens(typed)
    assert asked_tokens(typed) <= tokens(f"{NAME} 国药准字H20023 T-2026-0014")


@pytest.mark.parametrize("typed", ["莫阿", "林西", "阿西", "amoxo", "T-2026-0015", "T-2026-0014-1", "胶囊剂"])
def test_it_is_not_found_by_anything_else(typed):
    assert not asked_tokens(typed) <= tokens(f"{NAME} T-2026-0014")


@given(st.text(max_size=60))
def test_every_text_is_found_by_itself(text):
    assert asked_tokens(text) <= tokens(text)
    assert "" not in tokens(text)


# --- Who is told ------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_each_session_finds_what_it_may_be_told_of_and_sees_no_other_row(world):
    told = {"organisations": (world.supplier.pk, world.hospital.pk), "audience": NAMED}
    index([entry("ALL"), entry("DRAFT", audience=AGENCY), entry("DEAL", **told)])
    expected = {
        None: {"ALL"},
        world.payer: {"ALL"},
        world.organisation("supplier"): {"ALL"},
        world.supplier: {"ALL", "DEAL"},
        world.hospital: {"ALL", "DEAL"},
        world.agency: {"ALL", "DRAFT"},
        world.regulator: {"ALL", "DRAFT", "DEAL"},
    }
    for who, references in expected.items():
        with as_web(who):
            assert found("阿莫西林") == found("amoxilinjaonang") == references  # exactly, and nearly
            mine = SearchEntry.objects.filter(title=NAME)
            assert set(mine.values_list("reference", flat=True)) == references


@pytest.mark.django_db
def test_the_web_role_writes_what_is_found_through_the_one_door_only(world):
    with as_web(world.supplier):
        index([entry("ONE")])
        for statement in (
            "UPDATE core_searchentry SET audience = 'public'",
            "DELETE FROM core_searchentry",
            "INSERT INTO core_searchentry SELECT * FROM core_searchentry",
            "TRUNCATE core_searchentry",
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)


@pytest.mark.django_db
def test_a_temporary_table_of_the_session_is_not_asked_instead():
    index([entry("ONE", audience=NAMED)])
    with as_web():
        connection.cursor().execute("CREATE TEMPORARY TABLE core_searchentry AS SELECT * FROM core_searchentry")
        connection.cursor().execute("INSERT INTO pg_temp.core_searchentry SELECT * FROM public.core_searchentry")
        assert found("阿莫西林") == set()


# --- What is found ----------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_what_was_said_before_is_forgotten():
    index([entry("ONE", "旧名称"), entry("TWO", "新名称")])
    index([entry("ONE", "新名称", audience=AGENCY)])
    with as_web():
        assert (found("旧名称"), found("新名称")) == (set(), {"TWO"})


@pytest.mark.django_db
def test_what_holds_every_word_goes_before_what_is_only_spelt_like_it():
    index([entry("ONE", "Amoxicillin capsules"), entry("TWO", "Ampicillin capsules")])
    [hit] = asked("amoxicillin")
    assert (hit.reference, hit.near) == ("ONE", False)
    nearest, *_others = asked("amoxicilin")
    assert (nearest.reference, nearest.near) == ("ONE", True)
    assert asked("xxxxxxxx") == asked("") == asked("  ·  ") == []


@pytest.mark.django_db
def test_the_thing_with_this_very_number_comes_first():
    index([entry("T-2026-0014", "z"), entry("O-1", "a", words=("T-2026-0014",)), entry("O-2", "b T-2026-0014")])
    first, *_others = asked("t-2026-0014")
    assert first.reference == "T-2026-0014"
    assert [hit.reference for hit in asked("T-2026-00")] == ["T-2026-0014"]  # and what begins with it


@pytest.mark.django_db
def test_the_title_that_was_typed_comes_first_then_the_latest_and_no_kind_takes_the_place_of_another():
    orders = [entry(f"O-{number}", "仙桃医院", kind="order", named=False) for number in range(1, 6)]
    index([entry("CL", "氯化钠注射液"), entry("WITH", "葡萄糖氯化钠注射液"), *orders, entry("H", "仙桃医院")])
    assert [hit.reference for hit in asked("氯化钠")] == [hit.reference for hit in asked("lvhua")] == ["CL", "WITH"]
    assert [hit.reference for hit in asked("仙桃", most=2)] == ["H", "O-5", "O-4"]


@pytest.mark.django_db
def test_what_bears_the_name_of_another_is_not_found_by_a_spelling_like_it():
    index([entry("O-1", "仙桃医院", kind="order", named=False), entry("H", "仙桃医院")])
    assert found("xiantaoyiyuanl") == {"H"}


@pytest.mark.django_db
def test_a_list_is_narrowed_to_what_holds_every_word_or_is_spelt_like_it(world):
    index([entry("ONE", detail="华北制药"), entry("TWO", "青霉素钠"), entry("OWN", audience=NAMED)])
    with as_web(world.supplier):
        for text, references in (("amxl huabei", ["ONE"]), ("amoxilln", ["ONE"]), ("阿司匹林", [])):
            told = SearchEntry.objects.filter(reference__in=holding("item", text))
            assert [entry.reference for entry in told] == references


@pytest.mark.django_db
def test_asking_uses_the_index_over_tokens_which_a_query_behind_the_wall_could_not():
    index(entry(f"I-{number}", f"药品{number}") for number in range(3000))
    connection.cursor().execute("ANALYZE core_searchentry")
    with as_web(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        before = _scans(cursor)
        assert list(SearchEntry.objects.filter(tokens__contains=["item 1234"]).values_list("reference")) == [
            ("I-1234",)
        ]
        assert _scans(cursor) == before
        assert found("药品1234") == {"I-1234"}
        assert _scans(cursor) > before


def _scans(cursor):
    cursor.execute("SELECT pg_stat_get_xact_numscans('search_entry_by_token'::regclass)")
    return cursor.fetchone()[0]
