"""How a head leaves the installation: into a file, by mail, to an address on the web.

What receives it should have another keeper than the database: then not even who owns the database can take back
what the trail was.
"""

import http.client
import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.mail import send_mail
from django.utils.translation import gettext as _

FILE = "trail-heads.txt"
SECONDS = 10


class NotTaken(Exception):
    """The other side did not take the head; it is tried again."""


def send(document: bytes, place: str) -> None:
    """Hand one signed head to one place. Raises what the way there raises; sending twice does no harm."""
    if file := file_at(place):
        _append(document, file)
    elif place.startswith("mailto:"):
        send_mail(_("Head of the trail"), document.decode(), None, [place.removeprefix("mailto:")])
    else:
        _post(document, place)


def file_at(place: str) -> Path | None:
    """The file to which heads are appended at a place; None where they leave the machine."""
    path = Path(place)
    if not path.is_absolute():
        return None
    return path / FILE if path.is_dir() else path


def _append(document: bytes, file: Path) -> None:
    """One write at the end, on the disk before anybody says that it is there."""
    with file.open("ab") as opened:
        opened.write(document)
        opened.flush()
        os.fsync(opened.fileno())


def _post(document: bytes, url: str) -> None:
    parts = urlsplit(url)
    there = http.client.HTTPSConnection(parts.netloc, timeout=SECONDS)
    try:
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        there.request("POST", target, document, {"Content-Type": "text/plain; charset=utf-8"})
        if there.getresponse().status >= 300:
            raise NotTaken
    finally:
        there.close()
