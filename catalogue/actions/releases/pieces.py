"""A large file in the database, in pieces: kept as it comes, read from anywhere, packed or not."""

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO, BinaryIO

from django.utils.translation import gettext as _

from catalogue.models import CatalogueImport, ReleasePiece
from core.errors import Refused

LARGEST = 4 * 2**30  # bytes as uploaded
PIECE = 2**20
_GZIP, _ARCHIVE = b"\x1f\x8b", b"PK\x03\x04"
DAMAGED = (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, EOFError, NotImplementedError)


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    """The file from its beginning, in pieces. Refused where it is larger than a file may be, or empty."""
    file.seek(0)
    size = 0
    while piece := file.read(PIECE):
        size += len(piece)
        if size > LARGEST:
            limit = LARGEST // 2**30
            raise _refused(_("The file is larger than %(limit)s gigabytes: pack it, or split it.") % {"limit": limit})
        yield piece
    if not size:
        raise _refused(_("The file is empty."))


def keep(batch: CatalogueImport, file: BinaryIO) -> None:
    """Store the file, piece by piece, as that of ``batch``."""
    for number, piece in enumerate(pieces_of(file)):
        ReleasePiece.objects.create(batch=batch, number=number, content=piece)


def measured(file: BinaryIO) -> tuple[int, str]:
    """How many bytes a file has, and their SHA-256."""
    digest, size = hashlib.sha256(), 0
    for piece in pieces_of(file):
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()


class KeptFile(io.RawIOBase):
    """The kept file of an import, to be read from anywhere, with one piece of it in memory."""

    def __init__(self, batch_id: int, size: int) -> None:
        self._batch_id, self._size = batch_id, size
        self._place = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._place = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        return self._place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typed as any buffer there
        number, within = divmod(self._place, PIECE)
        if self._place >= self._size:
            return 0
        if self._held[0] != number:
            content = ReleasePiece.objects.values_list("content", flat=True).get(batch=self._batch_id, number=number)
            self._held = number, bytes(content)
        some = self._held[1][within : within + len(buffer)]
        buffer[: len(some)] = some
        self._place += len(some)
        return len(some)


def unpacked(file: io.RawIOBase | BinaryIO, name: str) -> tuple[IO[bytes], str]:
    """What a file holds and what that is called: itself, or the one table in a .gz or .zip. Refused for another."""
    raw: IO[bytes] = io.BufferedReader(file, PIECE) if isinstance(file, io.RawIOBase) else file
    raw.seek(0)
    head = raw.read(4)
    raw.seek(0)
    if head.startswith(_GZIP):
        return gzip.GzipFile(fileobj=raw), PurePath(name).stem  # type: ignore[return-value]  # it is one in all but name
    if head.startswith(_ARCHIVE) and PurePath(name).suffix.lower() != ".xlsx":
        return _only_table(raw)
    return raw, name


def _only_table(raw: IO[bytes]) -> tuple[IO[bytes], str]:
    try:
        archive = zipfile.ZipFile(raw)
        tables = [
            one for one in archive.infolist() if PurePath(one.filename).suffix.lower() in (".csv", ".txt", ".tsv")
        ]
        if len(tables) != 1:
            raise _refused(_("The archive should hold one CSV file, and holds %(count)s.") % {"count": len(tables)})
        return archive.open(tables[0]), tables[0].filename
    except (*DAMAGED, RuntimeError):
        raise _refused(_("The archive is damaged, or has a password.")) from None


def _refused(message: str) -> Refused:
    return Refused(message, field="file", code="spreadsheet")
