"""Files that people attach: how large they may be, and that they are what their names say. Pure functions."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

LARGEST_DOCUMENT = 10 * 1024 * 1024
LARGEST_TOGETHER = 40 * 1024 * 1024  # of what is attached at once
LARGEST_REQUEST = LARGEST_TOGETHER * 4 // 3 + 2 * 1024 * 1024  # with these files in base64, and what is said of them
NAME_LENGTH = 200
ACCEPTED = ".pdf,.ofd,.jpg,.jpeg,.png"  # what a field offers to choose
# By how files of a kind begin. An OFD (GB/T 33190) is a ZIP archive.
_BEGINNINGS = {
    "pdf": (b"%PDF-",),
    "ofd": (b"PK\x03\x04",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
}


@dataclass(frozen=True)
class Paper:
    """A document as it was uploaded."""

    file_name: str
    content: bytes

    @property
    def name(self) -> str:
        """As it is kept: without folders, and no longer than its column."""
        return self.file_name.replace("\\", "/").rpartition("/")[2][-NAME_LENGTH:]

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def fits(self) -> bool:
        """Whether it is not empty, not too large, and of a kind that an officer can open, by name and content.

        >>> [Paper(name, head).fits for name, head in (("a.pdf", b"%PDF-1.7"), ("a.pdf", b"MZ"), ("a.exe", b"MZ"))]
        [True, False, False]
        """
        ending = self.name.rpartition(".")[2].lower()
        whole = 0 < len(self.content) <= LARGEST_DOCUMENT
        return whole and self.content.startswith(_BEGINNINGS.get(ending, ()))
