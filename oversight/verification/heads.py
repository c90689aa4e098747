"""Heads: signed by this installation, each naming the one before, and none that went out missing here."""

from collections.abc import Iterable, Iterator

from oversight.rules import checked_head
from oversight.verification.reading import Counted, Fault, stream
from sealing.errors import SealError
from tenders.signing import server_public

TABLE = "oversight_trailhead"


class Heads:
    """What all heads say of the chain, by the hash of its last link then. Memory: some 200 bytes a head."""

    def __init__(self) -> None:
        self.said: dict[bytes, list[tuple[str, int | None]]] = {}
        self.stored: set[str] = set()

    def read_stored(self, looked_at: Counted) -> Iterator[Fault]:
        """The heads of the database, in the order of their making."""
        looked_at["heads"], prev, own = 0, "", server_public()
        statement = "SELECT id, number, hash, document, sha256 FROM oversight_trailhead ORDER BY id"
        for pk, number, hash_, document, sha256 in stream(statement):
            looked_at["heads"] += 1
            try:
                found = checked_head(bytes(document), own)
            except SealError as error:
                yield Fault(TABLE, str(pk), f"is not a head that this installation signed ({error})")
                continue
            if (found.body["hash"], found.hash) != (hash_, sha256):
                yield Fault(TABLE, str(pk), "its columns say something else than its document")
            if found.body["prev"] != prev:
                yield Fault(TABLE, str(pk), "the head before it is not the one that it names")
            prev = found.hash
            self.stored.add(found.hash)
            self._say(found.body["hash"], f"{pk} (made {found.body['signed_at']})", number)

    def read_outside(self, documents: Iterable[bytes], looked_at: Counted) -> Iterator[Fault]:
        """Heads that were kept elsewhere."""
        looked_at["heads from outside"], own = 0, server_public()
        for place, document in enumerate(documents, start=1):
            looked_at["heads from outside"] += 1
            name = f"{place} from outside"
            try:
                found = checked_head(document, own)
            except SealError as error:
                yield Fault("head", name, f"is not a head that this installation signed ({error})")
                continue
            name = f"{name} (made {found.body['signed_at']})"
            if found.hash not in self.stored:
                yield Fault("head", name, f"is missing in {TABLE}")
            self._say(found.body["hash"], name, None)

    def about(self, number: int, hash_: bytes) -> Iterator[Fault]:
        """The faults of the heads that name the hash of link ``number``; each link is asked about once."""
        for name, expected in self.said.pop(hash_, ()):
            if expected not in (None, number):
                yield Fault(TABLE, name, f"its hash is that of link {number}, and it was made of {expected} links")

    def unheld(self) -> Iterator[Fault]:
        """Heads whose hash no link of the chain has: what they signed was changed, or cut off."""
        for said in self.said.values():
            for name, _expected in said:
                yield Fault("head", name, "no link of the chain has the hash that it signed")

    def _say(self, hash_: str, name: str, number: int | None) -> None:
        self.said.setdefault(bytes.fromhex(hash_), []).append((name, number))
