"""A drawn committee, computed a second time from the public record as `docs/rules-committee.md` says.

Written from that document and apart from the platform's program: instead of an order it counts, for each expert, how
many of those who may sit stand before it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sealing.canonical import canonical_json


def faults_of(committee: Mapping[str, Any]) -> list[str]:
    """What does not hold of the record's ``committee``: names of the sections of the document; empty: all holds.

    ``pool``: the list is not the one of the notice. ``seed``: it is not the committed one. ``places``: the committee is
    not odd or too small. ``draw`` and ``replacement``: others sit than the order says.
    """
    found = []
    if hashlib.sha256(canonical_json(committee["pool"])).hexdigest() != committee["pool_sha256"]:
        found.append("pool")
    if hashlib.sha256(bytes.fromhex(committee["seed"])).hexdigest() != committee["commitment"]:
        found.append("seed")
    size = sum(committee["places"].values())
    if size < 5 or size % 2 == 0:
        found.append("places")
    first, *later = committee["draws"]
    if _first(committee, first["excluded"]) != first["drawn"]:
        found.append("draw")
    used = {*first["drawn"]}
    for step in later:
        if [_next(committee, step["leaving"], used | {*step["excluded"]})] != step["drawn"]:
            found.append("replacement")
        used |= {*step["drawn"]}
    return found


def _value(committee: Mapping[str, Any], number: str) -> int:
    joined = committee["seed"] + committee["root"] + number.encode().hex()
    return int.from_bytes(hashlib.sha256(bytes.fromhex(joined)).digest(), "big")


def _first(committee: Mapping[str, Any], excluded: Iterable[str]) -> list[str]:
    out = {*excluded}
    value = {one["number"]: _value(committee, one["number"]) for one in committee["pool"]["experts"]}
    kind = {one["number"]: one["speciality"] for one in committee["pool"]["experts"]}
    may = [number for number in value if number not in out]
    sits = {
        number
        for number in may
        if sum(kind[other] == kind[number] and value[other] < value[number] for other in may)
        < committee["places"].get(kind[number], 0)
    }
    while len(sits) < sum(committee["places"].values()) and len(sits) < len(may):
        sits.add(min((number for number in may if number not in sits), key=value.__getitem__))
    return sorted(sits, key=value.__getitem__)


def _next(committee: Mapping[str, Any], leaving: str, out: set[str]) -> str | None:
    kind = {one["number"]: one["speciality"] for one in committee["pool"]["experts"]}
    left = [number for number in kind if number not in out]
    alike = [number for number in left if kind[number] == kind[leaving]]
    return min(alike or left, key=lambda number: _value(committee, number), default=None)
