"""Finding in a large catalogue: searches beside SQL that somebody writes by hand, pages, a deep page, files.

``python -m tests.bench finding --rows 1000000`` fills a catalogue of so many items, each with a product of a maker,
by statements over whole tables with the guards switched off, and prints what it took.
"""

import itertools
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, models
from django.db.models import Model
from django.http import HttpRequest
from django.test import Client, RequestFactory
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
from tests.bench.apart import Processor, apart
from tests.bench.releasing import emptied
from tests.world import World

BEGINNINGS = "阿苯磺酸盐氢氯左右甲乙丙丁厄贝沙坦硫富马头孢克洛红霉素维生"
MIDDLES = "托伐他汀氨地平格雷莫西林替诺福韦美曲塞拉罗红奥司沙星"
ENDS = ("片", "胶囊", "注射液", "颗粒", "口服溶液", "软膏", "滴眼液", "缓释片", "肠溶片", "导管", "栓", "散")
PLACES = ("华北", "东北", "江南", "汉口", "西岭", "海河", "长沙", "云山", "南山", "北方")
TYPO = "阿托伐莫西骗"
DEEP = 100_000
TIMES, OFTEN = 10, 15
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
_VERSION = """version_words(v.brand, v.maker_name, v.national_code, v.approval_number, v.standard_code, v.udi_di,
    v.specification, v.model)"""
# What somebody writes who knows the one index that answers, and wants rows in their order.
_OF_ITEMS = f"SELECT * FROM catalogue_item WHERE {_ITEM} @@ %(terms)s::tsquery ORDER BY pinyin, id LIMIT 51"
_OF_PRODUCTS = f"""
    SELECT i.* FROM catalogue_item i WHERE i.id IN (
        SELECT p.item_id FROM catalogue_productversion v JOIN catalogue_product p ON p.id = v.product_id
        WHERE {_VERSION} @@ %(terms)s::tsquery) ORDER BY i.pinyin, i.id LIMIT 51
"""
_SOUNDING = "SELECT * FROM catalogue_item WHERE pinyin LIKE %(sound)s ORDER BY pinyin, id LIMIT 51"
# What somebody writes who knows all of them, and wants what the list says: the best first, products and old codes too,
# and how many there are.
_THE_SAME = f"""
    WITH own AS (SELECT id FROM catalogue_item WHERE {_ITEM} @@ %(terms)s::tsquery OR pinyin LIKE %(sound)s
            LIMIT 10001),
        said AS (SELECT p.item_id FROM catalogue_productversion v JOIN catalogue_product p ON p.id = v.product_id
            WHERE {_VERSION} @@ %(terms)s::tsquery LIMIT 10001),
        was AS (SELECT p.item_id FROM catalogue_productcode c JOIN catalogue_product p ON p.id = c.product_id
            WHERE c.code LIKE %(begins)s LIMIT 10001),
        known AS (SELECT id FROM own UNION SELECT item_id FROM said UNION SELECT item_id FROM was)
    SELECT *, (SELECT count(*) FROM known), CASE
            WHEN name_key = %(text)s OR pinyin = %(text)s OR initials = %(text)s OR code_prefix = %(text)s THEN 0
            WHEN name_key LIKE %(begins)s OR pinyin LIKE %(begins)s OR initials LIKE %(begins)s
                OR code_prefix LIKE %(begins)s THEN 1
            ELSE 2 END AS rank
    FROM catalogue_item WHERE id IN (SELECT id FROM known) ORDER BY rank, pinyin, id LIMIT 51
"""
BY_HAND = {
    "a whole name": (_OF_ITEMS, "'阿托' & '托伐' & '伐莫' & '莫西' & '西片'"),
    "two characters": (_OF_ITEMS, "'伐莫'"),
    "two common characters": (_OF_ITEMS, "'胶囊'"),
    "one character": (_OF_ITEMS, "'片':*"),
    "pinyin": (_SOUNDING, "'atuofamoxi':*"),
    "initials": (_OF_ITEMS, "'atfmx':*"),
    "code": (_OF_ITEMS, "'xa0012345':*"),
    "maker": (_OF_PRODUCTS, "'华北' & '北阿' & '阿托' & '托制' & '制药'"),
    "approval number": (_OF_PRODUCTS, "'国药' & '药准' & '准字' & 'h20012345':*"),
    "name and strength": (_OF_ITEMS, "('250mg' | '0.25g') & '阿托' & '托伐' & '伐莫' & '莫西'"),
}


def report(world: World, rows: int) -> Iterator[str]:
    """The sentences to print, as they become known."""
    start = time.monotonic()
    emptied()
    fill(rows)
    yield f"{rows:,} items and as many products filled in {time.monotonic() - start:,.0f} s."
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.pharmacist.person, backend="django.contrib.auth.backends.ModelBackend")
    for kind, text in EIGHT:
        yield _searched(kind, text, client, world.pharmacist)
    yield f"A typing error ({TYPO}): the whole answer {_told(lambda: _page(client, TYPO))}."
    yield f"The list without a search, with facets: {_told(lambda: client.get('/catalogue/'))}."
    yield from _pages(world)
    yield from _files(world)


def _searched(kind: str, text: str, client: Client, seat: Seat) -> str:
    simple, terms = BY_HAND[kind]
    sound = f"%{text}%" if kind == "pinyin" else None
    asked = {"terms": terms, "sound": sound, "text": text, "begins": f"{text}%"}
    ours = _statements(lambda: _items(seat, q=text).rows)
    bare = _statements(lambda: _run(simple, asked))
    same = _statements(lambda: _run(_THE_SAME, asked))
    found = find_items(Item.objects.all(), text).total
    number = "more than 10,000" if found is None else f"{found:,}"
    return (
        f"{kind} ({text}): {number} found; statements {ours:.1f} ms, by hand for the same answer {same:.1f} ms, ratio "
        f"{ours / same:.2f}; by hand from one index {bare:.1f} ms, ratio {ours / bare:.2f}; the whole answer to a "
        f"program {_told(lambda: _page(client, text, '/api/v1/items/'))}, the page with facets "
        f"{_told(lambda: _page(client, text))}."
    )


def _items(seat: Seat, **asked: str) -> ItemTable:
    return ItemTable(_request(seat, **asked), Item.objects.all(), today=legal_date(timezone.now()))


def _request(seat: Seat, **asked: str) -> HttpRequest:
    request = RequestFactory().get("/", asked)
    request.seat = seat
    return request


def _statements(work: Callable[[], Any]) -> float:
    """Milliseconds that the statements of some work take, each the quickest of a few times, as the platform sends them:
    prepared when they come again."""
    took: list[float] = []

    def timed(execute: Any, sql: Any, given: Any, many: bool, context: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, given, many, context)
        finally:
            took.append(time.perf_counter() - start)

    runs = []
    for _time in range(OFTEN):
        took.clear()
        with connection.execute_wrapper(timed):
            work()
        runs.append(list(took))
    return sum(map(min, zip(*runs, strict=True))) * 1000


def _run(sql: str, asked: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        cursor.fetchall()


def _told(work: Callable[[], Any]) -> str:
    """How long an answer takes by the clock, at its quickest, and of processors."""
    before = Processor.now()
    took = _best(work)
    used = Processor.now().since(before)
    return f"{took:.0f} ms by the clock, {used.both / TIMES * 1000:.0f} ms of processors"


def _page(client: Client, text: str, address: str = "/catalogue/") -> None:
    assert client.get(address, {"q": text}).status_code == 200


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
    size, sent, copied, exported = 0, 0, 0.0, 0.0
    for _time in range(2):  # in turn: what else the machine does hinders both
        start = time.monotonic()
        with connection.connection.cursor() as cursor, cursor.copy(copying) as blocks:
            size = sum(map(len, blocks))
        copied = max(copied, count / (time.monotonic() - start))
        start = time.monotonic()
        answer = _products(world.pharmacist, "csv").export_response()
        sent = sum(map(len, answer.streaming_content))
        exported = max(exported, count / (time.monotonic() - start))
    yield (
        f"CSV of {count:,} products ({sent / 1e6:.0f} MB): {exported:,.0f} rows a second; a bare COPY of the same "
        f"columns in the same order ({size / 1e6:.0f} MB): {copied:,.0f}. Ratio: {exported / copied:.2f}."
    )
    few, many = (apart("finding:written", most, world.pharmacist.pk) for most in (count // 100, count // 10))
    yield (
        f"XLSX: {many['rate']:,.0f} rows a processor second; the process at its largest {few['peak']:.0f} MB with "
        f"{count // 100:,} rows and {many['peak']:.0f} MB with {count // 10:,}."
    )


def written(rows: str, seat: str) -> dict[str, Any]:
    """Export so many products as XLSX. Rows a processor second."""
    reached = ProductVersion.objects.order_by("pk").values_list("pk", flat=True)[int(rows)]
    before = Processor.now()
    answer = _products(Seat.objects.get(pk=seat), "xlsx", pk__lte=reached).export_response()
    sum(map(len, answer.streaming_content))
    return {"rate": int(rows) / Processor.now().since(before).both}


def _products(seat: Seat, kind: str, **narrowed: Any) -> AllProductsTable:
    versions = ProductVersion.objects.current().filter(**narrowed)
    return AllProductsTable(_request(seat, export=kind), versions, today=legal_date(timezone.now()))


@arranged
def fill(rows: int) -> None:
    """So many items, each with one product in one version, of the names and makers that the parts above make."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL maintenance_work_mem = '512MB'")
        words = _without_words(cursor)
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
        for index in words:
            cursor.execute(index)
    for model in (Item, Product, ProductVersion, Maker):
        with connection.cursor() as cursor:
            cursor.execute(SQL("ANALYZE {}").format(Identifier(model._meta.db_table)))


def _without_words(cursor: Any) -> list[str]:
    """Drop the indexes of words, which are made at once in a fraction of the time; the statements that make them."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexdef LIKE '%% USING gin %%'",
        [[model._meta.db_table for model in (Item, Product, ProductVersion, Maker)]],
    )
    found = cursor.fetchall()
    for name, _made in found:
        cursor.execute(SQL("DROP INDEX {}").format(Identifier(name)))
    return [made for _name, made in found]


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
