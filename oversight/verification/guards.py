"""What guards the rows: each trigger, function, policy, right, constraint, column and the like, held whole against the
manifest, which is what the migrations make of an empty database. A partition is held against its table.

``python -m tests.manifest`` writes the manifest anew; a test says whether it is current.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from oversight.verification.catalogue import parts
from oversight.verification.reading import Counted, Fault, stream

MANIFEST = Path(__file__).with_name("manifest.txt")
# Of these a partition has its own: who reaches it, which nobody but the owner does, and its bounds.
_NOT_SHARED = ("rights", "shape")

Part = tuple[str, str, str]

_OPEN = """
    SELECT inhrelid::regclass::text FROM pg_catalog.pg_inherits JOIN pg_catalog.pg_class AS part ON part.oid = inhrelid
    WHERE relkind = 'r' AND relispartition AND (
        EXISTS (SELECT FROM aclexplode(relacl) WHERE grantee <> relowner)
        OR EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = part.oid AND attacl IS NOT NULL)
    ) ORDER BY 1
"""
# A partition holds the month that its name says, or all that has no other.
_MISPLACED = """
    SELECT part.relname::text FROM pg_catalog.pg_inherits
    JOIN pg_catalog.pg_class AS part ON part.oid = inhrelid JOIN pg_catalog.pg_class AS whole ON whole.oid = inhparent
    CROSS JOIN LATERAL (SELECT pg_get_expr(part.relpartbound, part.oid) AS bounds) AS said
    CROSS JOIN LATERAL (
        SELECT regexp_match(bounds, '^FOR VALUES FROM \\(''(.+)''\\) TO \\(''(.+)''\\)$') AS ends
    ) AS read
    WHERE part.relkind = 'r' AND part.relispartition AND part.relname <> CASE
        WHEN bounds = 'DEFAULT' THEN whole.relname || '_other'
        WHEN ends[2]::timestamptz = ends[1]::timestamptz + interval '1 month'
            THEN whole.relname || to_char(ends[1]::timestamptz, '_YYYY_MM')
        ELSE '' END
    ORDER BY 1
"""


def verify(looked_at: Counted) -> Iterator[Fault]:
    """Hold all that guards rows in the database against the manifest."""
    expected, found = _read(), defaultdict[str, dict[Part, str]](dict)
    for place, kind, name, hash_, partition in parts():
        found[partition][place, kind, name] = hash_
    whole = found.pop("", {})
    if _one_role():
        whole, expected = _without_rights(whole), _without_rights(expected)
    looked_at["guards"], looked_at["partitions"] = sum(map(len, found.values())) + len(whole), len(found)
    yield from _differences(expected, whole)
    for partition, has in sorted(found.items()):
        [table] = {place for place, _kind, _name in has}
        shared = {part: hash_ for part, hash_ in expected.items() if part[0] == table}
        yield from _differences(_without(shared, _NOT_SHARED), _without(has, _NOT_SHARED), partition)
    for (partition,) in stream(_OPEN):
        yield Fault(partition, "rights", "others than its owner reach it past its table")
    for (partition,) in stream(_MISPLACED):
        yield Fault(partition, "shape", "does not hold the month that its name says")


def manifest() -> str:
    """What the database of this connection has, as the text of a manifest."""
    whole = sorted((place, kind, name, hash_) for place, kind, name, hash_, partition in parts() if not partition)
    return "".join("\t".join(part) + "\n" for part in whole)


def _read() -> dict[Part, str]:
    lines = (line.split("\t") for line in MANIFEST.read_text(encoding="utf-8").splitlines())
    return {(place, kind, name): hash_ for place, kind, name, hash_ in lines}


def _one_role() -> bool:
    """Whether web processes own the database: then there are no rights to be held against any."""
    return connection.settings_dict["USER"] == settings.WEB_DATABASE_ROLE


def _without_rights(some: dict[Part, str]) -> dict[Part, str]:
    return _without(some, ("rights", "function", "trigger"))


def _without(some: dict[Part, str], kinds: Iterable[str]) -> dict[Part, str]:
    return {part: hash_ for part, hash_ in some.items() if part[1] not in kinds}


def _differences(expected: dict[Part, str], found: dict[Part, str], partition: str = "") -> Iterator[Fault]:
    for place, kind, name in sorted(expected.keys() | found.keys()):
        asked, has = expected.get((place, kind, name)), found.get((place, kind, name))
        what = f"{kind} {name}".strip()
        if has is None:
            yield Fault(partition or place, what, "is missing")
        elif asked is None:
            yield Fault(partition or place, what, "is not one of ours")
        elif asked != has:
            yield Fault(partition or place, what, "is not as the migrations make it")
