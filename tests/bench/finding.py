"""Finding in a large catalogue: searches beside SQL that somebody writes by hand, pages, a deep page, files.

``python -m tests.bench finding --rows 1000000`` fills a catalogue of so many items, each with a product of a maker,
by statements over whole tables with the guards switched off, and prints what it took.
"""

import itertools
import resource
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, models
from django.db.models import Model
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from accounts.models import Seat
from catalogue.finding import find_items
from catalogue.models import Item, Maker, Product, ProductVersion
from catalogue.tables.items import AllProductsTable, ItemTable
from core.clock import legal_date
from core.pinyin import search_keys
from core.tables.table import SIGNER
from tests.arranging import arranged
from tests.world import World

BEGINNINGS = "阿苯磺酸盐氢氯左右甲乙丙丁厄贝沙坦硫富马头孢克洛红霉素维生"
MIDDLES = "托伐他汀氨地平格雷莫西林替诺福韦美曲塞拉罗红奥司沙星"
ENDS = ("片", "胶囊", "注射液", "颗粒", "口服溶液", "软膏", "滴眼液", "缓释片", "肠溶片", "导管", "栓", "散")
PLACES = ("华北", "东北", "江南", "汉口", "西岭", "海河", "长沙", "云山", "南山", "北方")
TYPO = "阿托伐莫西骗"
DEEP = 100_000
TIMES = 5
EIGHT = (
    ("a whole name", "阿托伐莫西片"),
    ("two characters", "伐莫"),
    ("two common characters", "胶囊"),
    ("one character", "片"),
    ("pinyin", "atuofamoxi"),
    ("initials", "atfmx"),
    ("code", "XA0012345"),
    ("maker", "华北阿托制药"),
    ("approval number", "国药准字H20012345"),
    ("name and strength", "阿托伐莫西 0.25g"),
)
_ITEM = "item_words(name, name_en, strength, contents, code_prefix, initials)"
_BY_HAND = f"SELECT * FROM catalogue_item WHERE {_ITEM} @@ %s::tsquery ORDER BY pinyin, id LIMIT 51"
_OF_PRODUCTS = """
    SELECT i.* FROM catalogue_item i WHERE i.id IN (
        SELECT p.item_id FROM catalogue_productversion v JOIN catalogue_product p ON p.id = v.product_id
        WHERE version_words(v.brand, v.maker_name, v.national_code, v.approval_number, v.standard_code, v.udi_di,
            v.specification, v.model) @@ %s::tsquery) ORDER BY i.pinyin, i.id LIMIT 51
"""
_SOUNDING = "SELECT * FROM catalogue_item WHERE pinyin LIKE %s ORDER BY pinyin, id LIMIT 51"
BY_HAND = {
    "a whole name": (_BY_HAND, "'阿托' & '托伐' & '伐莫' & '莫西' & '西片'"),
    "two characters": (_BY_HAND, "'伐莫'"),
    "two common characters": (_BY_HAND, "'胶囊'"),
    "one character": (_BY_HAND, "'片':*"),
    "pinyin": (_SOUNDING, "%atuofamoxi%"),
    "initials": (_BY_HAND, "'atfmx':*"),
    "code": (_BY_HAND, "'xa0012345':*"),
    "maker": (_OF_PRODUCTS, "'华北' & '北阿' & '阿托' & '托制' & '制药'"),
    "approval number": (_OF_PRODUCTS, "'国药' & '药准' & '准字' & 'h20012345':*"),
    "name and strength": (_BY_HAND, "('250mg' | '0.25g') & '阿托' & '托伐' & '伐莫' & '莫西'"),
}


def report(world: World, rows: int) -> Iterator[str]:
    """The sentences to print; nothing is filled where the catalogue is full already."""
    start = time.monotonic()
    if not Item.objects.exists():
        fill(rows)
    yield f"{rows:,} items and as many products filled in {time.monotonic() - start:,.0f} s."
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.pharmacist.person, backend="django.contrib.auth.backends.ModelBackend")
    for kind, text in EIGHT:
        yield _searched(kind, text, client, world.pharmacist)
    yield f"A typing error ({TYPO}): the whole answer in {_best(lambda: _page(client, TYPO)):.0f} ms."
    yield f"The list without a search, with facets: {_best(lambda: client.get('/catalogue/')):.0f} ms."
    yield from _pages(world)
    yield from _files(world)


def _searched(kind: str, text: str, client: Client, seat: Seat) -> str:
    sql, asked = BY_HAND[kind]
    statements = _statements(text, seat)
    ours, bare = _best(lambda: _run(*statements)), _best(lambda: _run((sql, [asked])))
    found = find_items(Item.objects.all(), text).total
    whole = _best(lambda: _page(client, text))
    number = "more than 10,000" if found is None else f"{found:,}"
    return (
        f"{kind} ({text}): {number} found; statements {ours:.1f} ms, by hand {bare:.1f} ms, ratio {ours / bare:.2f}; "
        f"the whole page with facets {whole:.0f} ms."
    )


def _items(seat: Seat, **asked: str) -> ItemTable:
    return ItemTable(_request(seat, **asked), Item.objects.all(), today=legal_date(timezone.now()))


def _request(seat: Seat, **asked: str) -> HttpRequest:
    request = RequestFactory().get("/", asked)
    request.seat = seat
    return request


def _statements(text: str, seat: Seat) -> list[tuple[str, None]]:
    """What the list asks of the database."""
    with CaptureQueriesContext(connection) as captured:
        list(_items(seat, q=text).rows)
    return [(query["sql"], None) for query in captured.captured_queries]


def _run(*statements: tuple[str, Any]) -> None:
    with connection.cursor() as cursor:
        for sql, asked in statements:
            cursor.execute(sql, asked)
            cursor.fetchall()


def _page(client: Client, text: str) -> None:
    assert client.get("/catalogue/", {"q": text}).status_code == 200


def _best(work: Callable[[], Any]) -> float:
    """Milliseconds of the quickest of a few runs."""
    took = []
    for _time in range(TIMES):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return min(took) * 1000


def _pages(world: World) -> Iterator[str]:
    depth = min(DEEP, Item.objects.count() // 2)
    pinyin, key = Item.objects.order_by("pinyin", "pk").values_list("pinyin", "pk")[depth]
    place = SIGNER.sign_object(["name", pinyin, key, 0])
    first, deep = (
        _best(lambda asked=asked: _items(world.pharmacist, **asked).rows) for asked in ({}, {"after": place})
    )
    yield f"The first page of the list: {first:.1f} ms; the page at depth {depth:,}: {deep:.1f} ms."


def _files(world: World) -> Iterator[str]:
    count = ProductVersion.objects.count()
    cells = [column.stored for column in AllProductsTable.columns]
    bare = ProductVersion.objects.current().order_by("product__item__pinyin", "pk").values_list(*cells)
    copying = SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(SQL(bare.query.sql_with_params()[0]))
    start = time.monotonic()
    with connection.connection.cursor() as cursor, cursor.copy(copying) as blocks:
        size = sum(map(len, blocks))
    copied = count / (time.monotonic() - start)
    start = time.monotonic()
    answer = _products(world.pharmacist, "csv").export_response()
    sent = sum(map(len, answer.streaming_content))
    exported = count / (time.monotonic() - start)
    yield (
        f"CSV of {count:,} products ({sent / 1e6:.0f} MB): {exported:,.0f} rows a second; a bare COPY of the same "
        f"columns in the same order ({size / 1e6:.0f} MB): {copied:,.0f}. Ratio: {exported / copied:.2f}."
    )
    peaks, rates = [], []
    for most in (count // 20, count // 5):
        reached = ProductVersion.objects.order_by("pk").values_list("pk", flat=True)[most]
        start = time.monotonic()
        answer = _products(world.pharmacist, "xlsx", pk__lte=reached).export_response()
        sum(map(len, answer.streaming_content))
        rates.append(most / (time.monotonic() - start))
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    yield (
        f"XLSX: {rates[-1]:,.0f} rows a second; the process at its largest {peaks[0]:.0f} MB after {count // 20:,} "
        f"rows and {peaks[1]:.0f} MB after {count // 5:,}."
    )


def _products(seat: Seat, kind: str, **narrowed: Any) -> AllProductsTable:
    versions = ProductVersion.objects.current().filter(**narrowed)
    return AllProductsTable(_request(seat, export=kind), versions, today=legal_date(timezone.now()))


@arranged
def fill(rows: int) -> None:
    """So many items, each with one product in one version, of the names and makers that the parts above make."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("CREATE TEMPORARY TABLE named (n serial, name text, pinyin text, initials text, form text)")
        with cursor.copy("COPY named (name, pinyin, initials, form) FROM STDIN") as copy:
            for parts in itertools.product(BEGINNINGS, "托莫西林", MIDDLES, ("", "莫西", "地平"), ENDS):
                name = "".join(parts)
                keys = search_keys(name)
                copy.write_row((name, keys.pinyin, keys.initials, f"{parts[-1]}剂"))
        cursor.execute("CREATE INDEX ON named (n)")
        cursor.execute("ANALYZE named")
        makers = [
            Maker(name=f"{place}{first}{second}制药有限公司", name_key=f"{place}{first}{second}制药有限公司")
            for place, first, second in itertools.product(PLACES, BEGINNINGS, "托莫西林平")
        ]
        Maker.objects.bulk_create(makers)
        numbers = [maker.pk for maker in makers]
        _insert(
            cursor,
            Item,
            rows,
            "JOIN named ON named.n = 1 + g %% (SELECT count(*) FROM named)",
            reference="'I-' || g",
            kind="CASE WHEN g %% 3 = 0 THEN 'consumable' ELSE 'drug' END",
            name="named.name",
            name_key="named.name",
            pinyin="named.pinyin",
            initials="named.initials",
            form="named.form",
            form_key="named.form",
            strength="(ARRAY['0.25g','0.5g','5mg','10mg','20mg','5ml:0.1g'])[1 + g %% 6]",
            strength_key="(ARRAY['0.25g','0.5g','5mg','10mg','20mg','5ml:0.1g'])[1 + g %% 6]",
            contents="'{}'",
            base_unit="'片'",
            code_prefix="'XA' || lpad(g::text, 8, '0')",
        )
        _insert(
            cursor,
            Product,
            rows,
            "JOIN catalogue_item i ON i.reference = 'I-' || g",
            reference="'PD-' || g",
            item_id="i.id",
            maker_id=f"(ARRAY{numbers})[1 + g %% {len(numbers)}]",
            key="'XA' || lpad(g::text, 8, '0') || 'A001010100001'",
        )
        _insert(
            cursor,
            ProductVersion,
            rows,
            "JOIN catalogue_product p ON p.reference = 'PD-' || g JOIN catalogue_maker m ON m.id = p.maker_id",
            product_id="p.id",
            number="1",
            maker_name="m.name",
            brand="CASE WHEN g %% 4 = 0 THEN '再林' ELSE '' END",
            national_code="p.key",
            approval_number="'国药准字H2' || lpad(g::text, 7, '0')",
            pack_size="28",
            pack_unit="'盒'",
            containers="'[]'",
            valid_from="'2025-01-01'",
        )
    for model in (Item, Product, ProductVersion, Maker):
        with connection.cursor() as cursor:
            cursor.execute(SQL("ANALYZE {}").format(Identifier(model._meta.db_table)))


def _insert(cursor: Any, model: type[Model], rows: int, joined: str, **said: str) -> None:
    """Rows numbered ``g``; a column of which nothing is said has its default, or what is empty in its kind."""
    columns = [field for field in model._meta.concrete_fields if not field.primary_key]
    values = ", ".join(said.get(field.column, _empty(field)) for field in columns)
    names = ", ".join(f'"{field.column}"' for field in columns)
    table = model._meta.db_table
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM generate_series(1, %s) AS g {joined} ORDER BY g", [rows]
    )


def _empty(field: models.Field) -> str:
    if field.null:
        return "NULL"
    if isinstance(field, models.BooleanField):
        return "false"
    if isinstance(field, models.IntegerField):
        return "0"
    return "'{}'" if isinstance(field, models.JSONField) else "''"
