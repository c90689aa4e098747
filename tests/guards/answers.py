"""What no answer to an attacker may be. Each request is undone, so that none stands in the way of the next."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from tests.guards.attacks import Attack
from tests.guards.ground import MARK, Ground
from tests.guards.payloads import REFUSED

UNESCAPED = (b"<svg onload", b"<script>alert(7731", b"' onx='")


@dataclass
class Sent:
    """How many requests of which family went to which targets, and what was wrong with their answers."""

    families: Counter[str] = field(default_factory=Counter)
    targets: set[tuple[str, str]] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        statuses = ", ".join(f"{status}: {count}" for status, count in sorted(self.statuses.items()))
        return (
            f"{self.families.total()} requests of {len(self.families)} families over {len(self.targets)} operations "
            f"({statuses}), {len(self.wrong)} wrong"
        )

    def judge(self, attack: Attack, ground: Ground) -> None:
        """Send it, undo it, and look at the answer."""
        self.families[attack.family] += 1
        self.targets.add((attack.target.method, attack.target.route))
        client = ground.client(attack.target)
        with transaction.atomic():
            answer = client.generic(attack.method, attack.path, attack.content, attack.kind, headers=attack.headers)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        self.statuses[answer.status_code] += 1
        private = ground.seat(attack.target).organisation_id in ground.private
        self.wrong += [f"{why}: {attack}" for why in _faults(attack, answer, content, private)]


def _faults(attack: Attack, answer: Any, content: bytes, private: bool) -> Iterator[str]:
    if answer.status_code >= 500 and attack.target.route != "healthz":  # which says so where nothing else runs
        error = getattr(answer, "exc_info", None)
        yield f"{answer.status_code} ({error and error[0].__name__}: {str(error and error[1])[:200]})"
    if attack.path.startswith("/api/v1/") and answer.status_code >= 400 and attack.method != "HEAD":
        yield from _not_in_shape(answer, content)
    if attack.family in REFUSED and attack.target.of_the_api and answer.status_code < 400:
        yield f"{answer.status_code}, and not refused"
    echoed = MARK.encode() in attack.content or MARK in attack.path
    if private and MARK.encode() in content and not echoed:
        yield "tells of a stranger"
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        yield from (f"shows {sign!r} unescaped" for sign in UNESCAPED if sign in content)
    if b"54117" in content:
        yield "carries out a template"
    if b"root:x:0" in content:
        yield "shows a file of the machine"
    if any("\r" in value or "\n" in value for value in answer.headers.values()):
        yield "breaks a header"


def _not_in_shape(answer: Any, content: bytes) -> Iterator[str]:
    try:
        body = json.loads(content)
    except ValueError:
        yield f"{answer.status_code} is no JSON but {answer.headers.get('Content-Type')}"
        return
    if set(body) != {"code", "message", "faults"} or not body["code"] or not body["message"]:
        yield f"{answer.status_code} has another shape: {content[:150]!r}"
