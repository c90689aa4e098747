"""Sealing from the command line, for bidders who want no browser: `python -m sealing --help`.

Needs Python and the package `cryptography`: no server, no database, no network, no settings. What it writes are
the very files that the page would send. Every function below works on the parsed arguments of its subcommand.
"""

import argparse
import base64
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, BinaryIO

from sealing import ceremony, keys
from sealing.attachments import SealedBlob, blob_id, open_blob, seal_blob
from sealing.canonical import (
    HASH,
    REFERENCE,
    VERSION,
    canonical_json,
    choice,
    hexadecimal,
    listing,
    matching,
    number,
)
from sealing.canonical import record as shape
from sealing.console import ask_code, concerning, described, told
from sealing.documents import CLOSE, RECEIPT, document_hash, read_document
from sealing.envelope import (
    MAX_OPENERS,
    PADS,
    Requirements,
    SealedEnvelope,
    Slot,
    check_upload,
    looks_sealed,
    parse,
    seal,
)
from sealing.errors import AlreadySealedError, FormatError, SealError
from sealing.opening import Outcome, open_with_seed
from sealing.payloads import Attachment
from sealing.primitives import POINT_BYTES, sha256
from sealing.revealing import seal_seeds

ENVELOPES = ("technical", "commercial")

ABOUT = """\
Seal a bid on your own machine, check what you sealed, and open it again.

Nothing here talks to a server. You fetch the terms and send the sealed files yourself, with any HTTP client; a
bid leaves this machine only sealed, and only the tender's openers, k of them together, can open it."""

STEPS = """\
a bid, step by step (REF is the bid's reference, TOKEN your access token):
  1  curl -H 'Authorization: Token TOKEN' $SITE/api/v1/bids/REF/sealing/ > terms.json
     curl $SITE/notices/TENDER/document/ > notice.txt
  2  write answers.json and offer.json; 'seal --help' shows how they look
  3  python -m sealing seal terms.json --notice notice.txt \\
       --technical answers.json --commercial offer.json --out sealed
  4  python -m sealing check terms.json sealed/*.sbid
  5  curl -H 'Authorization: Token TOKEN' -H 'Idempotency-Key: NEW-FOR-EACH-VERSION' \\
       -H 'Content-Type: application/json' -d @sealed/submission.json $SITE/api/v1/bids/REF/versions/

exit codes: 0 done; 1 refused, and nothing was written; 2 wrong usage; 3 a file cannot be read or written"""

SEAL = """\
Seal a payload for each envelope that the terms name. Every file is read back and opened again with its own seed
before this command says that it is sealed. A file that is sealed already is refused.

Written to the folder given with --out, and never over a file that exists:
  BID-vN-technical.sbid, BID-vN-commercial.sbid   the sealed files
  BID-vN-technical-1.sblob, ...-1.json            each attachment sealed, and what to declare before sending it
  submission.json                                 both in base64, the body to send
  BID-vN-recovery.json                            opens your own files; locked with the code that is printed once"""

PAYLOADS = """\
answers.json, a criterion's key as in the notice:
  {"format": "sealed-bid-technical/2", "answers": [{"criterion": "C-01", "value": "yes"}],
   "consortium": null, "attachments": ["licence.pdf"]}
offer.json, of the products that the bid covers, the price of one pack with exactly six decimals, all texts:
  {"format": "sealed-bid-commercial/2", "attachments": [], "offer": {"currency": "CNY", "kind": "product",
   "price": "113.680000", "registration": null, "service_fee": null, "further": [],
   "parts": [{"pack": "7", "price": "113.680000", "products": ["PD-3"], "quantity": "1"}]}}
For models of one registration, a system of parts, and what a bid offers further at the prices that follow from its
own, see docs/sealed-bids.md.
An attachment is the name of a file beside the JSON file. Send every sealed attachment before the submission.
Blanks and the order of fields do not matter; amounts without quotes, unknown and doubled fields are refused."""

CHECK = """\
Say whether sealed files belong to these terms: tender, lot, bid, supplier, version, openers, and a body long enough.
Prints each file's SHA-256 and commitment, which are those in the receipt."""

OPEN = """\
Open a sealed file of your own with its recovery file, and write the payload to standard output. The code is asked
for, or read from standard input, so that it is in no history of commands."""

REVEAL = """\
After lost keys: open your own sealed files with their recovery file, and seal their seeds to the openers of the
call. Give exactly the envelopes that the call asks for. Written to the folder given with --out:
  BID-vN-reveal.json   the body to send to bids/REF/reveal/"""

_check_terms = listing(
    shape(
        envelope=choice(*ENVELOPES),
        tender=REFERENCE,
        lot=REFERENCE,
        terms=HASH,
        supplier=REFERENCE,
        bid=REFERENCE,
        version=VERSION,
        k=number(2, MAX_OPENERS),
        openers=listing(hexadecimal(POINT_BYTES), most=MAX_OPENERS),
        minimum_pad=choice(*PADS),
    ),
    most=len(ENVELOPES),
)


_text = matching(r"(?s).*", "a text")
_check_reveal = shape(call=_text, close=_text, version=VERSION, envelopes=listing(choice(*ENVELOPES)))


def _check_recovery(secret: Any, where: str) -> None:
    """The shape of a recovery file's secret: seed and digest of each envelope."""
    seeds = secret.get("envelopes") if isinstance(secret, dict) else None
    if not isinstance(seeds, dict):
        raise FormatError("not a bid's recovery file", where=where)
    for name, seed in seeds.items():
        shape(seed=HASH, sha256=HASH)(seed, f"envelopes.{name}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one envelope of a bid belongs: what the notice fixes, and whose it is."""

    notice: Requirements
    slot: Slot

    @property
    def name(self) -> str:
        """The sealed file's name without its ending."""
        return f"{self.slot.bid}-v{self.slot.version}-{self.slot.envelope}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    chosen = _parser().parse_args(arguments)
    return told(lambda: chosen.run(chosen))


def _parser() -> argparse.ArgumentParser:
    parser = described(argparse.ArgumentParser, ABOUT, STEPS, prog="python -m sealing")
    commands = parser.add_subparsers(title="commands", required=True, metavar="seal | check | open | reveal")
    sealing = described(commands.add_parser, SEAL, PAYLOADS, name="seal", help="seal a bid's envelopes")
    checking = described(commands.add_parser, CHECK, name="check", help="check sealed files against the terms")
    opening = described(commands.add_parser, OPEN, name="open", help="open a sealed file of your own")

    revealing = described(commands.add_parser, REVEAL, name="reveal", help="reveal your seeds, after a call")

    for command in (sealing, checking):
        command.add_argument("terms", type=Path, help="what the API answers at bids/REF/sealing/")
        command.add_argument("--notice", type=Path, help="the tender's signed notice: check the terms against it")
    for envelope in ENVELOPES:
        sealing.add_argument(f"--{envelope}", type=Path, metavar="JSON", help=f"payload of the {envelope} envelope")
    sealing.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="by default the current folder")
    sealing.set_defaults(run=_seal)
    checking.add_argument("files", type=Path, nargs="+", metavar="FILE.sbid")
    checking.add_argument("--receipt", type=Path, help="the signed receipt that must name these files; needs --notice")
    checking.set_defaults(run=_check, usage_error=checking.error)
    opening.add_argument("file", type=Path, metavar="FILE.sbid")
    opening.add_argument("recovery", type=Path, metavar="RECOVERY.json")
    opening.set_defaults(run=_open)
    revealing.add_argument("terms", type=Path, help="what the API answers at bids/REF/reveal/")
    revealing.add_argument("recovery", type=Path, metavar="RECOVERY.json")
    revealing.add_argument("files", type=Path, nargs="+", metavar="FILE.sbid")
    revealing.add_argument("--notice", type=Path, required=True, help="the tender's signed notice")
    revealing.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="by default the current folder")
    revealing.set_defaults(run=_reveal)
    return parser


def _seal(chosen: argparse.Namespace) -> None:
    places = _places(chosen)
    given = {name: path for name in ENVELOPES if (path := getattr(chosen, name))}
    if given.keys() != places.keys():
        raise FormatError(f"these terms ask for exactly: {', '.join(f'--{name}' for name in places)}")
    code = keys.generate_code()
    with _all_or_nothing(chosen.out) as out:
        sealed = {}
        for name, path in given.items():
            with concerning(path):
                payload, blobs = _with_attachments(_json(path), path.parent, places[name], out)
                sealed[name] = seal(canonical_json(payload), places[name].notice, places[name].slot, blobs=blobs)
        for name, envelope in sealed.items():
            _reopen(out.write(f"{places[name].name}.sbid", envelope.file), envelope)
        out.write("submission.json", _submission(sealed))
        slot = next(iter(places.values())).slot
        recovery = keys.lock(keys.recovery_secret(*sealed.values()), code, "recovery")
        out.write(f"{slot.bid}-v{slot.version}-recovery.json", recovery)
    for name, envelope in sealed.items():
        _say(f"sealed and opened again: {chosen.out / places[name].name}.sbid")
        _say(f"  sha256 {envelope.digest}\n  com    {envelope.com}")
    for path in out.made:
        if path.suffix == ".sblob":
            _say(f"to send before the submission: {path}")
    _say(f"to send: {chosen.out / 'submission.json'}")
    _say(f"code of the recovery file, shown only now, to be written down: {code}")


def _check(chosen: argparse.Namespace) -> None:
    if chosen.receipt and not chosen.notice:
        chosen.usage_error("--receipt needs --notice, which holds the key that signed it")
    places = _places(chosen)
    receipt = _receipt(chosen) if chosen.receipt else None
    for path in chosen.files:
        with concerning(path):
            file = path.read_bytes()
            parsed = parse(file)
            if parsed.header.envelope not in places:
                raise FormatError(f"these terms have no {parsed.header.envelope} envelope", where="envelope")
            place = places[parsed.header.envelope]
            check_upload(parsed, place.notice, place.slot)
            if receipt:
                _compare(receipt, place, {"com": parsed.header.com, "sha256": sha256(file)})
        _say(f"belongs to these terms{' and to the receipt' if receipt else ''}: {path}")
        _say(f"  sha256 {sha256(file)}\n  com    {parsed.header.com}")


def _open(chosen: argparse.Namespace) -> None:
    file = chosen.file.read_bytes()
    with concerning(chosen.file):
        parsed = parse(file)
    with concerning(chosen.recovery):
        secret = keys.unlock(chosen.recovery.read_bytes(), ask_code(), "recovery")
        _check_recovery(secret, "")
        own = secret["envelopes"].get(parsed.header.envelope)
        if not own or own["sha256"] != sha256(file):
            raise FormatError("of another file than this one")
    with concerning(chosen.file):
        verdict = open_with_seed(file, bytes.fromhex(own["seed"]))
        if verdict.outcome is not Outcome.OPENED or verdict.payload is None:
            raise SealError("does not open: at the opening this bid would not count")
    # Bytes, because a console's own encoding may have no Chinese.
    sys.stdout.buffer.write(verdict.payload + b"\n")


def _reveal(chosen: argparse.Namespace) -> None:
    notice = chosen.notice.read_bytes()
    key = _notice_body(notice)["installation"]["key"]
    with concerning(chosen.terms):
        terms = _json(chosen.terms)
        _check_reveal(terms, "terms")
        close = read_document(terms["close"].encode(), [key])
        if close.body["format"] != CLOSE:
            raise FormatError("not a tender's signed close", where="close")
        call = ceremony.read_call(terms["call"], server=key, close=close)
    files = {}
    for path in chosen.files:
        with concerning(path):
            file = path.read_bytes()
            files[parse(file).header.envelope] = file
    if sorted(files) != sorted(terms["envelopes"]) or len(files) < len(chosen.files):
        raise FormatError(f"the call asks for exactly: {', '.join(terms['envelopes'])}")
    with concerning(chosen.recovery):
        secret = keys.unlock(chosen.recovery.read_bytes(), ask_code(), "recovery")
        _check_recovery(secret, "")
        sealed = seal_seeds(call, secret, files, terms=document_hash(notice))
    with _all_or_nothing(chosen.out) as out:
        path = out.write(f"{secret['bid']}-v{secret['version']}-reveal.json", _submission(sealed))
    _say(f"fingerprint of the new openers' keys: {call.body['fingerprint']}")
    _say(f"to send before {call.body['due_at']}: {path}")


def _places(chosen: argparse.Namespace) -> dict[str, Place]:
    """The terms, envelope by envelope, held against the notice where one is given."""
    with concerning(chosen.terms):
        entries = _json(chosen.terms)
        _check_terms(entries, "terms")
        envelopes = [entry["envelope"] for entry in entries]
        same_bid = {(entry["tender"], entry["lot"], entry["bid"], entry["version"]) for entry in entries}
        if len(set(envelopes)) < len(entries) or len(same_bid) != 1:
            raise FormatError("the envelopes of one bid, each once", where="terms")
    places = {entry["envelope"]: Place(_taken(Requirements, entry), _taken(Slot, entry)) for entry in entries}
    if chosen.notice:
        with concerning(chosen.notice):
            _hold_against_notice(chosen.notice.read_bytes(), places)
    return places


def _taken(kind: type, entry: dict[str, Any]) -> Any:
    values = {field.name: entry[field.name] for field in fields(kind)}
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})


def _hold_against_notice(notice: bytes, places: dict[str, Place]) -> None:
    """The terms are the notice's hash; openers, k and pads must be those that the notice prints."""
    body = _notice_body(notice)
    for place in places.values():
        told = place.notice
        with _notice_expected():
            openers = tuple(opener["key"] for opener in body["openers"])
            printed = (document_hash(notice), body["tender"], body["k"], openers, body["pads"][place.slot.envelope])
        if printed != (told.terms, told.tender, told.k, told.openers, told.minimum_pad):
            raise SealError("the terms are not those of this notice: seal nothing, and ask the agency")
    _say(f"the terms are those of the notice; fingerprint of its openers' keys: {body.get('fingerprint')}")


def _notice_body(notice: bytes) -> dict[str, Any]:
    """What a notice says, signed by the key that it prints: `terms`, its hash, is what makes it the right one."""
    with _notice_expected():
        key = json.loads(notice.partition(b"\n")[0])["installation"]["key"]
        return read_document(notice, [key]).body


@contextmanager
def _notice_expected() -> Iterator[None]:
    try:
        yield
    except (ValueError, KeyError, TypeError):
        raise FormatError("not a tender's signed notice") from None


def _receipt(chosen: argparse.Namespace) -> dict[str, Any]:
    key = _notice_body(chosen.notice.read_bytes())["installation"]["key"]
    with concerning(chosen.receipt):
        body = read_document(chosen.receipt.read_bytes(), [key]).body
        if body["format"] != RECEIPT or body["kind"] != "bid":
            raise FormatError("not the receipt of a bid")
    return body


def _compare(receipt: dict[str, Any], place: Place, hashes: dict[str, str]) -> None:
    for source in (place.notice, place.slot):
        for name in ("tender", "lot", "terms", "supplier", "bid", "version"):
            if hasattr(source, name) and receipt[name] != getattr(source, name):
                raise SealError(f"the receipt names another {name}", where=name)
    if receipt[place.slot.envelope] != hashes:
        raise SealError("the receipt names another file", where="sha256")


def _submission(sealed: dict[str, SealedEnvelope]) -> bytes:
    return canonical_json({name: base64.b64encode(envelope.file).decode() for name, envelope in sealed.items()})


def _reopen(path: Path, sealed: SealedEnvelope) -> None:
    """Open what lies on the disk: a bid that cannot be opened must not leave the bidder's hands."""
    file = path.read_bytes()
    if file != sealed.file or open_with_seed(file, sealed.seed).outcome is not Outcome.OPENED:
        raise SealError(f"{path}: does not open again")


@dataclass(frozen=True, slots=True)
class Output:
    """The folder that is written to, made when it is first needed; `made` is what was written, itself included."""

    folder: Path
    made: list[Path]

    def open(self, name: str) -> BinaryIO:
        """A new file in the folder; FileExistsError rather than write over one."""
        if not self.folder.exists():
            self.folder.mkdir(parents=True)
            self.made.append(self.folder)
        target = (self.folder / name).open("xb")
        self.made.append(self.folder / name)
        return target

    def write(self, name: str, content: bytes) -> Path:
        with self.open(name) as target:
            target.write(content)
        return self.folder / name


@contextmanager
def _all_or_nothing(folder: Path) -> Iterator[Output]:
    """A folder to write to; where anything fails, what was written is taken away."""
    out = Output(folder, [])
    try:
        yield out
    except (OSError, SealError):
        for path in reversed(out.made):
            path.rmdir() if path.is_dir() else path.unlink()
        raise


def _with_attachments(payload: Any, beside: Path, place: Place, out: Output) -> tuple[Any, list[str]]:
    """The payload with its attachments sealed, each into a file of its own, and their ids in order."""
    names = payload.get("attachments") if isinstance(payload, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        return payload, []  # the seal says what is wrong with it
    blobs, listed = [], []
    for place_in_list, name in enumerate(names, start=1):
        target = f"{place.name}-{place_in_list}"
        with concerning(beside / name), (beside / name).open("rb") as source, out.open(f"{target}.sblob") as sealed:
            blob = seal_blob(source, sealed)
        _reopen_blob(out.folder / f"{target}.sblob", blob)
        out.write(f"{target}.json", canonical_json({"chunks": list(blob.chunks), "length": blob.length}))
        blobs.append(blob.id)
        listed.append({"key": blob.key.hex(), "name": Path(name).name, "size": blob.size})
    return payload | {"attachments": listed}, blobs


def _reopen_blob(path: Path, blob: SealedBlob) -> None:
    """Open what lies on the disk, like the envelopes."""
    with path.open("rb") as sealed, Path(os.devnull).open("wb") as nowhere:
        if blob_id(sealed) != blob.id:
            raise SealError(f"{path}: not what was sealed")
        sealed.seek(0)
        open_blob(sealed, nowhere, Attachment(blob.key, path.name, blob.size))


def _json(path: Path) -> Any:
    """A JSON file in any layout; a sealed file is refused as such."""
    data = path.read_bytes()
    if looks_sealed(data):
        raise AlreadySealedError("this is sealed already")
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        # The decoder's own error carries the text along, which may be an offer: only the place is told.
        raise FormatError(f"not JSON, line {error.lineno} column {error.colno}") from None
    except (ValueError, RecursionError):
        raise FormatError("not JSON in UTF-8") from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise FormatError("a field stands there twice")
    return fields


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
