"""Which program gave a verdict: the fingerprint of the code that opens envelopes."""

import hashlib
from functools import cache
from pathlib import Path

from tenders import sealing


@cache
def program_digest() -> str:
    """SHA-256 over the files of the sealing package, by name: names and contents, each with its length before it."""
    whole = hashlib.sha256()
    for file in sorted(Path(sealing.__file__).parent.glob("*.py")):
        for part in (file.name.encode(), file.read_bytes()):
            whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()
