"""What people find: one table for the things of all rooms, each with whom it may be told.

A room says what is found of a thing (``Entry``) in the transaction that writes it. What is known to nobody yet stays
out of the table: no price and no bid before its opening. The table is derived from the rooms' own rows: it leaves no
record in the trail, and ``manage.py rebuild_search`` makes it anew. It is written and asked through functions of the
database alone, because behind a wall an index over tokens would not be used: they ask the wall's question
(``is_told``) themselves.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import islice, pairwise

from django.db import connection
from django.db.models.expressions import RawSQL

from core.models import Event
from core.pinyin import search_keys, syllables

AT_ONCE = 2000  # entries of one statement
_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+(?:[-/.+][^\W_{_HAN}]+)*")
_LONGEST = 12  # syllables of a name that are found by their beginning


@dataclass(frozen=True)
class Entry:
    """A thing that is found: by every word that is shown of it, and by ``words`` that are not.

    ``kind`` is a word of its room; ``organisations`` are primary keys of whom it is told besides the ``audience``;
    ``url`` is empty where a thing has no page. What is not ``named`` has the title of something else, such as its
    hospital, and is not found by a spelling like it.
    """

    kind: str
    reference: str
    title: str
    url: str = ""
    detail: str = ""
    words: tuple[str, ...] = ()
    audience: str = Event.Audience.AGENCY
    organisations: tuple[int, ...] = ()
    named: bool = True


@dataclass(frozen=True)
class Hit:
    """What a reader is shown of an entry; ``near`` where only its spelling is like what was asked for."""

    kind: str
    reference: str
    title: str
    detail: str
    url: str
    near: bool


def index(entries: Iterable[Entry]) -> None:
    """Let things be found as they are now: what was said of them before is forgotten."""
    waiting = iter(entries)
    while some := list(islice(waiting, AT_ONCE)):
        rows = [
            {
                **asdict(entry),
                "organisations": sorted({*entry.organisations}),
                "tokens": sorted(f"{entry.kind} {token}" for token in tokens(_said(entry))),
                "names": _names(entry.title) if entry.named else "",
            }
            for entry in some
        ]
        with connection.cursor() as cursor:
            cursor.execute("SELECT index_entries(%s::jsonb)", [json.dumps(rows)])


def find(text: str, kinds: Sequence[str], most: int) -> list[Hit]:
    """Of each of these kinds at most so many things that the session may be told of: what has this very number, then
    what holds every word of the text. Where nothing does, what is spelt like it."""
    asked = sorted(asked_tokens(text))
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM find_entries(%s::text[], %s, %s, %s)", [asked, _plain(text), list(kinds), most])
        return [Hit(*row) for row in cursor.fetchall()]


def holding(kind: str, text: str) -> RawSQL:
    """The references of things of a kind that hold every word of a text, as a subquery; else those spelt like it."""
    return RawSQL(
        "SELECT reference FROM find_references(%s, %s::text[], %s)", [kind, sorted(asked_tokens(text)), _plain(text)]
    )


def tokens(text: str) -> set[str]:
    """By what a text is found: characters and pairs of a Chinese word, its pinyin and initials from the beginning on,
    its syllables and pairs of them; Latin words and codes whole, without their signs, and in their parts."""
    found: set[str] = set()
    for run in _RUNS.findall(_plain(text)):
        found |= _of_han(run) if _is_han(run) else _of_latin(run)
    return found


def asked_tokens(text: str) -> set[str]:
    """The tokens that a thing must have to be found by a text: of a Chinese word its pairs, else the words."""
    asked: set[str] = set()
    for run in _RUNS.findall(_plain(text)):
        asked |= ({*_pairs(run)} or {run}) if _is_han(run) else {_joined(run)}
    return asked


def _said(entry: Entry) -> str:
    return " ".join((entry.title, entry.reference, entry.detail, *entry.words))


def _of_han(run: str) -> set[str]:
    read = syllables(run)
    begun = {"".join(read[:length]) for length in range(1, _LONGEST + 1)}
    initials = {"".join(syllable[:1] for syllable in read[:length]) for length in range(2, _LONGEST + 1)}
    return {*run, *_pairs(run), *read, *map("".join, pairwise(read)), *begun, *initials}


def _of_latin(run: str) -> set[str]:
    parts = re.split(r"[-/.+]", run)
    return {"".join(parts[first:last]) for first in range(len(parts)) for last in range(first + 1, len(parts) + 1)}


def _names(title: str) -> str:
    return f"{_plain(title)} {search_keys(title).pinyin}"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("\0", " ").lower().strip()


def _is_han(run: str) -> bool:
    return re.match(f"[{_HAN}]", run) is not None


def _pairs(run: str) -> list[str]:
    return ["".join(pair) for pair in pairwise(run)]


def _joined(run: str) -> str:
    return re.sub(r"[-/.+]", "", run)
