"""Heads: signed by this installation, each naming the one before, and none that went out missing here."""

from collections.abc import Iterable, Iterator

from oversight.rules import checked_head
from oversight.verification.reading import Counted, Fault, stream
from tenders.sealing.errors import SealError
from tenders.signing import server_public

TABLE = "oversight_trailhead"


class Heads:
    """What all heads say of the chain: hashes by number. Memory: a head every ten minutes, 60 bytes each."""

    def __init__(self) -> None:
        self.said: dict[int, list[tuple[str, bytes]]] = {}
        self.stored: set[str] = set()

    def read_stored(self, looked_at: Counted) -> Iterator[Fault]:
        """The heads of the database, in the order of their making."""
        looked_at["heads"], prev, own = 0, "", server_public()
        statement = "SELECT id, number, hash, document, sha256, signed_at FROM oversight_trailhead ORDER BY id"
        for pk, number, hash_, document, sha256, _signed_at in stream(statement):
            looked_at["heads"] += 1
            try:
                found = checked_head(bytes(document), own)
            except SealError as error:
                yield Fault(TABLE, str(pk), f"is not a head that this installation signed ({error})")
                continue
            if (found.body["number"], found.body["hash"], found.hash) != (number, hash_, sha256):
                yield Fault(TABLE, str(pk), "its columns say something else than its document")
            if found.body["prev"] != prev:
                yield Fault(TABLE, str(pk), "the head before it is not the one that it names")
            prev = found.hash
            self.stored.add(found.hash)
            self._say(found.body["number"], f"head {pk}", found.body["hash"])

    def read_outside(self, documents: Iterable[bytes], looked_at: Counted) -> Iterator[Fault]:
        """Heads that were kept elsewhere."""
        looked_at["heads from outside"], own = 0, server_public()
        for place, document in enumerate(documents, start=1):
            looked_at["heads from outside"] += 1
            name = f"from outside, number {place} of the files"
            try:
                found = checked_head(document, own)
            except SealError as error:
                yield Fault("head", name, f"is not a head that this installation signed ({error})")
                continue
            if found.hash not in self.stored:
                yield Fault("head", name, f"is missing in {TABLE} (made {found.body['signed_at']})")
            self._say(found.body["number"], name, found.body["hash"])

    def about(self, number: int, hash_: bytes) -> Iterator[Fault]:
        """The faults of the heads over link ``number``, whose hash is ``hash_``; each number is asked about once."""
        for name, said in self.said.pop(number, ()):
            if said != hash_:
                yield Fault("head", name, f"link {number} of the chain has another hash than it says")

    def beyond(self, last: int) -> Iterator[Fault]:
        """Heads over links that the chain does not have."""
        for number in sorted(self.said):
            for name, _said in self.said[number]:
                yield Fault("head", name, f"it covers {number} links, and the chain ends with {last}")

    def _say(self, number: int, name: str, hash_: str) -> None:
        self.said.setdefault(number, []).append((name, bytes.fromhex(hash_)))
