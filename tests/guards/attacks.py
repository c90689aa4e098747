"""What attackers send, invented by families for every operation and page.

ground, sent = Ground(world), Sent()
for attack in drawn(ground, random, 20):       # so many of each family
    sent.judge(attack, ground)
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlencode

from rest_framework.parsers import MultiPartParser

from tests.guards.ground import Ground, Target, places, put, targets
from tests.guards.payloads import BODIES, BROKEN, CURSORS, FILES, HEADERS, METHODS, QUERIES, TEXTS, VALUES
from tests.guards.strangers import PARAMETER


@dataclass(frozen=True)
class Attack:
    """One request. ``path`` is escaped, as it stands in the request's first line."""

    family: str
    target: Target
    method: str
    path: str
    content: bytes = b""
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        said = f"{self.kind[:40]} {self.content[:150]!r} {str(dict(self.headers))[:80]}"
        return f"{self.family}: {self.method} {self.path[:150]} {said}"


Inventing = Callable[[Target, Ground], Iterator[Attack]]


def families() -> dict[str, Inventing]:
    """By name: each invents every request of its kind against a target."""
    found: dict[str, Inventing] = {name: _texts(name, texts) for name, texts in TEXTS.items()}
    found |= {name: _bodies(name, bodies) for name, bodies in BODIES.items()}
    return found | {
        "invalid UTF-8": _broken_bytes,
        "wrong types": _wrong_types,
        "duplicate keys": _twice,
        "cursors": _cursors,
        "unknown parameters": _unknown,
        "methods": _methods,
        "headers": _headers,
        "files": _files,
        "strangers' things": _strangers,
    }


def _send(family: str, target: Target, ground: Ground, path: str = "", body: Any = None) -> Attack:
    """A target's own request, with another path or body."""
    path = path or ground.address(target)
    if not target.of_the_api and target.method == "POST":
        content = urlencode(ground.form(target) if body is None else body, errors="surrogatepass").encode()
        return Attack(family, target, "POST", path, content, "application/x-www-form-urlencoded")
    content = b"" if target.body is None else json.dumps(target.body if body is None else body).encode()
    return Attack(family, target, target.method, path, content)


def _texts(family: str, texts: tuple[str, ...]) -> Inventing:
    def invented(target: Target, ground: Ground) -> Iterator[Attack]:
        for text in texts:
            if "<str:" in target.route or "<path:" in target.route:
                yield _send(family, target, ground, ground.address(target, text))
            if target.method == "GET":
                asked = dict.fromkeys(target.names, text) if not target.of_the_api else {}
                for query in [asked] if asked else [{name: text} for name in target.names]:
                    yield _send(family, target, ground, f"{ground.address(target)}?{urlencode(query)}")
            elif target.of_the_api:
                for place in places(target.body or {}):
                    yield _send(family, target, ground, body=put(target.body, place, text))
            elif ground.form(target):
                yield _send(family, target, ground, body=dict.fromkeys(ground.form(target), text))

    return invented


def _bodies(family: str, bodies: tuple[tuple[bytes, str], ...]) -> Inventing:
    def invented(target: Target, ground: Ground) -> Iterator[Attack]:
        if target.method != "GET":
            for content, kind in bodies:
                yield Attack(family, target, target.method, ground.address(target), content, kind)

    return invented


def _broken_bytes(target: Target, ground: Ground) -> Iterator[Attack]:
    own = ground.address(target)
    for sign in BROKEN:
        name = target.names[0] if target.names else "q"
        yield _send("invalid UTF-8", target, ground, f"{own}?{name}={sign}")
        yield _send("invalid UTF-8", target, ground, f"{own}?{sign}=1")
        if "<str:" in target.route:
            yield _send("invalid UTF-8", target, ground, "/" + PARAMETER.sub(sign, target.route))


def _wrong_types(target: Target, ground: Ground) -> Iterator[Attack]:
    for place in places(target.body or {}):
        for value in VALUES:
            yield _send("wrong types", target, ground, body=put(target.body, place, value))


def _twice(target: Target, ground: Ground) -> Iterator[Attack]:
    own = ground.address(target)
    if target.method == "GET":
        for name in target.names[:3]:
            yield _send("duplicate keys", target, ground, f"{own}?{name}=1&{name}=2")
    elif target.of_the_api and target.body:
        said = json.dumps(target.body)
        content = f"{{{said[1:-1]}, {said[1:-1]}}}".encode()
        yield Attack("duplicate keys", target, target.method, own, content)


def _cursors(target: Target, ground: Ground) -> Iterator[Attack]:
    if target.method == "GET" and {"cursor", "page"} & set(target.names):
        name = "cursor" if target.of_the_api else "page"
        for cursor in CURSORS:
            yield _send("cursors", target, ground, f"{ground.address(target)}?{urlencode({name: cursor})}")


def _unknown(target: Target, ground: Ground) -> Iterator[Attack]:
    for query in QUERIES:
        yield _send("unknown parameters", target, ground, f"{ground.address(target)}?{query}")
    if isinstance(target.body, dict):
        for name in ("id", "status", "placed_by", "hospital_id", "__proto__"):
            yield _send("unknown parameters", target, ground, body={**target.body, name: 1})


def _methods(target: Target, ground: Ground) -> Iterator[Attack]:
    for method in METHODS:
        yield Attack("methods", target, method, ground.address(target), b"{}")


def _headers(target: Target, ground: Ground) -> Iterator[Attack]:
    for headers in HEADERS:
        plain = _send("headers", target, ground)
        yield Attack("headers", target, plain.method, plain.path, plain.content, plain.kind, headers)


def _files(target: Target, ground: Ground) -> Iterator[Attack]:
    """Files where the forms have fields, and where they have none."""
    if target.method == "GET":
        return
    fields = ground.form(target) if not target.of_the_api else target.body or {}
    kind = f"{MultiPartParser.media_type}; boundary=cut"
    for name, junk in FILES:
        head = 'Content-Disposition: form-data; name="{}"; filename="{}"\r\n\r\n'
        parts = (b"--cut\r\n" + head.format(one, name).encode() + junk + b"\r\n" for one in sorted({*fields, "file"}))
        content = b"".join(parts) + b"--cut--\r\n"
        yield Attack("files", target, target.method, ground.address(target), content, kind)


def _strangers(target: Target, ground: Ground) -> Iterator[Attack]:
    """By its address, in the query and in the body."""
    foreign = ground.foreign(target)
    if foreign:
        yield _send("strangers' things", target, ground, ground.address(target, foreign))
    for reference in ground.marked:
        if target.method == "GET":
            asked = {name: reference for name in target.names if name not in ("cursor", "page")}
            for query in [asked] if not target.of_the_api else [{name: reference} for name in asked]:
                yield _send("strangers' things", target, ground, f"{ground.address(target)}?{urlencode(query)}")
        elif target.of_the_api:
            for place in places(target.body or {}):
                yield _send("strangers' things", target, ground, body=put(target.body, place, reference))


def drawn(ground: Ground, random: Random, of_each: int) -> Iterator[Attack]:
    """So many of each family, each against a target of its own."""
    for name in sorted(families()):
        found = 0
        for target in random.sample(targets(), len(targets())):
            attacks = list(families()[name](target, ground))
            if attacks and found < of_each:
                found += 1
                yield random.choice(attacks)
            if found == of_each:
                break


def everything(ground: Ground, family: str) -> Iterator[Attack]:
    for target in targets():
        yield from families()[family](target, ground)
