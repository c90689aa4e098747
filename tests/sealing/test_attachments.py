"""Attachments: sealed in chunks, opened in chunks, and nothing of them can be changed, moved or dropped."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sealing import attachments, primitives
from sealing.attachments import BLOCK, CHUNK, blob_id, open_blob, seal_blob
from sealing.envelope import BLOB_MAGIC, MAGIC
from sealing.errors import AlreadySealedError, AttachmentError
from sealing.payloads import Attachment

SEALED_CHUNK = CHUNK + 16


def sealed_file(data, key=None):
    target = io.BytesIO()
    blob = seal_blob(io.BytesIO(data), target, key=key)
    return target.getvalue(), Attachment(key=blob.key, name="a", size=blob.size), blob


def opened(file, attachment):
    target = io.BytesIO()
    open_blob(io.BytesIO(file), target, attachment)
    return target.getvalue()


def data_of(size):
    return bytes(range(251)) * (size // 251) + bytes(size % 251)


class Trickle(io.BytesIO):
    """A stream that hands out little at a time, as uploads and pipes do."""

    def read(self, size=-1):
        return super().read(min(size, 60_000))


@pytest.mark.parametrize(
    ("size", "length"),
    [
        (0, 8 + BLOCK + 16),
        (1, 8 + BLOCK + 16),
        (BLOCK, 8 + BLOCK + 16),
        (BLOCK + 1, 8 + 2 * BLOCK + 16),
        (CHUNK - 1, 8 + CHUNK + 16),
        (CHUNK, 8 + CHUNK + 16),
        (CHUNK + 1, 8 + CHUNK + 16 + BLOCK + 16),
        (2 * CHUNK, 8 + 2 * (CHUNK + 16)),
        (2 * CHUNK + BLOCK, 8 + 2 * (CHUNK + 16) + BLOCK + 16),
    ],
)
def test_data_of_any_size_comes_back(size, length):
    data = data_of(size)
    file, attachment, blob = sealed_file(data)
    assert (len(file), blob.length, blob.size) == (length, length, size)
    assert file.startswith(BLOB_MAGIC)
    assert opened(file, attachment) == data
    assert blob_id(io.BytesIO(file)) == blob.id


def test_a_stream_that_trickles_gives_the_same_file():
    data, key = data_of(CHUNK + 5), primitives.fresh_secret()
    target = io.BytesIO()
    blob = seal_blob(Trickle(data), target, key=key)
    assert target.getvalue() == sealed_file(data, key)[0]
    assert blob_id(Trickle(target.getvalue())) == blob.id
    again = io.BytesIO()
    open_blob(Trickle(target.getvalue()), again, Attachment(key=key, name="a", size=len(data)))
    assert again.getvalue() == data


def test_the_id_is_the_hash_of_the_chunks_hashes():
    file, _, blob = sealed_file(data_of(CHUNK + 1))
    chunks = file[8 : 8 + SEALED_CHUNK], file[8 + SEALED_CHUNK :]
    listed = BLOB_MAGIC + b"".join(bytes.fromhex(primitives.sha256(chunk)) for chunk in chunks)
    assert blob.id == primitives.sha256(listed)


def test_each_attachment_has_a_key_of_its_own():
    sealed = [sealed_file(b"the same")[2] for _ in range(100)]
    assert len({blob.key for blob in sealed}) == len({blob.id for blob in sealed}) == 100


@settings(max_examples=200)
@given(st.data())
def test_every_changed_byte_is_refused(data):
    file, attachment, blob = SMALL
    at = data.draw(st.integers(0, len(file) - 1))
    changed = bytearray(file)
    changed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(AttachmentError):
        opened(bytes(changed), attachment)
    if at >= 8:
        assert blob_id(io.BytesIO(bytes(changed))) != blob.id


SMALL = sealed_file(b"a licence")
THREE_CHUNKS = sealed_file(data_of(2 * CHUNK + 9))


def other_files():
    file = THREE_CHUNKS[0]
    one, two, three = file[8 : 8 + SEALED_CHUNK], file[8 + SEALED_CHUNK :][:SEALED_CHUNK], file[8:][-BLOCK - 16 :]
    key = THREE_CHUNKS[1].key
    empty_end = primitives.encrypt(key, b"", nonce=(3).to_bytes(11, "big") + b"\1")
    open_end = primitives.encrypt(key, bytes(BLOCK), nonce=(2).to_bytes(11, "big") + b"\0")
    yield "without its first chunk", BLOB_MAGIC + two + three
    yield "without its last chunk", BLOB_MAGIC + one + two
    yield "without its middle chunk", BLOB_MAGIC + one + three
    yield "in another order", BLOB_MAGIC + two + one + three
    yield "with a chunk twice", BLOB_MAGIC + one + one + two + three
    yield "with a byte more", file + b"\0"
    yield "with a byte less", file[:-1]
    yield "with an empty chunk more", file + empty_end
    yield "never ended", BLOB_MAGIC + one + two + open_end
    yield "of nothing", BLOB_MAGIC
    yield "of another kind", MAGIC + file[8:]
    yield "empty", b""


OTHER_FILES = list(other_files())


@pytest.mark.parametrize("file", [row[1] for row in OTHER_FILES], ids=[row[0] for row in OTHER_FILES])
def test_a_file_put_together_otherwise_is_refused(file):
    assert opened(THREE_CHUNKS[0], THREE_CHUNKS[1]) == data_of(2 * CHUNK + 9)
    with pytest.raises(AttachmentError):
        opened(file, THREE_CHUNKS[1])


def test_a_wrong_key_or_length_is_refused():
    file, attachment, blob = SMALL
    for size in (0, blob.size - 1, BLOCK + 1, 2**40):
        with pytest.raises(AttachmentError):
            opened(file, Attachment(key=attachment.key, name="a", size=size))
    with pytest.raises(AttachmentError):
        opened(file, Attachment(key=bytes(32), name="a", size=blob.size))
    whole_chunk, attachment, _ = sealed_file(bytes(CHUNK))
    for size in (0, CHUNK - BLOCK, CHUNK + 1, 2 * CHUNK):
        with pytest.raises(AttachmentError):
            opened(whole_chunk, Attachment(key=attachment.key, name="a", size=size))


def test_an_empty_last_chunk_is_not_another_way_to_write_the_same_data():
    key = primitives.fresh_secret()
    open_chunk = primitives.encrypt(key, bytes(CHUNK), nonce=bytes(12))
    end = primitives.encrypt(key, b"", nonce=(1).to_bytes(11, "big") + b"\1")
    with pytest.raises(AttachmentError):
        opened(BLOB_MAGIC + open_chunk + end, Attachment(key=key, name="a", size=CHUNK))


def test_a_sealed_file_is_never_sealed_again():
    for magic in (MAGIC, BLOB_MAGIC):
        with pytest.raises(AlreadySealedError):
            seal_blob(io.BytesIO(magic + b"anything"), io.BytesIO())


def test_no_more_than_two_chunks_are_held_in_memory(monkeypatch):
    asked = []

    def counted(source, size):
        asked.append(size)
        return source.read(size)

    monkeypatch.setattr(attachments, "_read", counted)
    sealed_file(data_of(3 * CHUNK))
    assert max(asked) == CHUNK
    assert len(asked) == 4
