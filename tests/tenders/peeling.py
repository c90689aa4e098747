"""What bytes may be hiding: the same bytes without base64, hex, percent signs, gzip, zlib, wide characters.

Each coding is peeled off wherever it may begin, and what comes out is peeled again.
"""

import re
import zlib
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import unquote_to_bytes

DEPTH = 3  # a session is JSON in zlib in base64; an export is XML in a zip file
_RUN_OF_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}")
_RUN_OF_HEX = re.compile(rb"[0-9a-fA-F]{16,}")
_LONG_HEX = re.compile(rb"[0-9a-fA-F]{64,}")
_RUN_OF_PRINT = re.compile(rb"[\x21-\x7e]{8,}")
_RUN_OF_WIDE = re.compile(rb"(?:[\x20-\x7e]\0(?:\0\0)?){8,}")
_DEFLATED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|PK\x03\x04")
_TO_PLAIN = bytes.maketrans(b"-_", b"+/")
_GZIP_OR_ZLIB, _RAW = 47, -15
_ZIP_HEADER = 30
_PIECE, _ENOUGH = 256, 16 * 1024 * 1024


def layers(content: bytes, depth: int = DEPTH) -> Iterator[bytes]:
    """The bytes themselves, and everything that they may be a coding of."""
    yield content
    if depth:
        for peel in (_from_base64, _from_hex, _inflated, _from_percent, _narrowed):
            for inner in peel(content):
                yield from layers(inner, depth - 1)


def _from_base64(content: bytes) -> Iterator[bytes]:
    """Each run of its signs, read from each of four places: the text around it may use the same signs."""
    found = _RUN_OF_BASE64.findall(content)
    runs = [run.translate(_TO_PLAIN) for run in found if not _LONG_HEX.fullmatch(run)]
    for start in range(4 if runs else 0):
        yield b"\n".join(b64decode(_whole(run[start:])) for run in runs)


def _whole(run: bytes) -> bytes:
    """A run of base64 with the padding that it lacks; a last sign that says nothing is dropped."""
    run = run[:-1] if len(run) % 4 == 1 else run
    return run + b"=" * (-len(run) % 4)


def _from_hex(content: bytes) -> Iterator[bytes]:
    runs = _RUN_OF_HEX.findall(content)
    for start in range(2 if runs else 0):
        cut = (run[start : start + (len(run) - start) // 2 * 2] for run in runs)
        yield b"\n".join(bytes.fromhex(run.decode()) for run in cut)


def _inflated(content: bytes) -> Iterator[bytes]:
    """What a compressed part holds, as far as it goes."""
    for begin in _DEFLATED.finditer(content):
        at, kind = begin.start(), _GZIP_OR_ZLIB
        if begin[0] == b"PK\x03\x04":
            name, extra = (int.from_bytes(content[at + place : at + place + 2], "little") for place in (26, 28))
            at, kind = at + _ZIP_HEADER + name + extra, _RAW
        inflated = _inflated_from(content, at, kind)
        if len(inflated) > 8:
            yield inflated


def _inflated_from(content: bytes, at: int, kind: int) -> bytes:
    """What comes out of bytes that may be compressed, up to where they turn out not to be: cut off, for example."""
    stream, found = zlib.decompressobj(kind), bytearray()
    while at < len(content) and not stream.eof and len(found) < _ENOUGH:
        before = stream.copy()
        try:
            found += stream.decompress(content[at : at + _PIECE])
        except zlib.error:
            return bytes(found + _last_of(before, content[at : at + _PIECE]))
        at += _PIECE
    return bytes(found)


def _last_of(stream: "zlib._Decompress", piece: bytes) -> bytes:
    found = bytearray()
    with suppress(zlib.error):
        for sign in piece:
            found += stream.decompress(bytes((sign,)))
    return bytes(found)


def _from_percent(content: bytes) -> Iterator[bytes]:
    runs = [run for run in _RUN_OF_PRINT.findall(content) if b"%" in run]
    if runs:
        yield unquote_to_bytes(b"\n".join(runs))


def _narrowed(content: bytes) -> Iterator[bytes]:
    """Text in two or four bytes a sign."""
    runs = _RUN_OF_WIDE.findall(content)
    if runs:
        yield b"\n".join(run.replace(b"\0", b"") for run in runs)
