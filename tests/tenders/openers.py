"""An opener's own program over HTTP: it makes and keeps the keys, and what it sends are proofs.

program = OpenerProgram(call)               # call(method, path below the tender, body or None) -> the answer's JSON
program.make("T-2026-0014"); program.prove()
program.release(root)                       # the root as it was mailed; then program.sign_minutes()
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from sealing import ceremony
from sealing.canonical import read_canonical
from sealing.keys import OpenerKeys, answer_canary, make_key_pair

Call = Callable[[str, str, dict[str, Any] | None], Any]


@dataclass
class OpenerProgram:
    call: Call
    keys: OpenerKeys | None = field(default=None, repr=False)

    def make(self, tender: str) -> None:
        self.keys = make_key_pair(tender)
        public = {"public_key": self.keys.ecdh_public, "signing_key": self.keys.sign_public}
        self.call("put", "key/", public)

    def prove(self) -> None:
        asked = self.call("post", "key/challenge/", None)
        seal = bytes.fromhex(asked["seal"])
        answer = answer_canary(asked["document"].encode(), seal, self.keys, server=asked["server"])
        signed = ceremony.sign_key_list(read_canonical(asked["key_list"].encode()), self.keys)
        self.call("post", "key/prove/", {"answer": answer.decode(), "signed_list": signed.decode()})

    def release(self, root: str) -> None:
        package, now = self.call("get", "opener-package/", None), timezone.now()
        asked = ceremony.check_package(package, self.keys, root=root, now=now)
        answers = [ceremony.release(one, self.keys, at=now) for one in asked]
        released = [
            {"document": one.document.decode(), "shares": [share.hex() for share in one.shares]} for one in answers
        ]
        self.call("post", "releases/", {"releases": released})

    def sign_minutes(self) -> None:
        package = self.call("get", "opener-package/", None)
        signed = ceremony.sign_minutes(package, self.keys)
        self.call("post", "minutes/", {"minutes": [document.decode() for document in signed]})
