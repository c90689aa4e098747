"""Sealing from the command line, for bidders who want no browser: `python -m tenders.sealing --help`.

Needs Python and the package `cryptography`: no server, no database, no network, no settings. What it writes are
the very files that the page would send. Every function below works on the parsed arguments of its subcommand.
"""

import argparse
import base64
import getpass
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenders.sealing import keys, verify
from tenders.sealing.canonical import HASH, REFERENCE, VERSION, canonical_json, choice, hexadecimal, listing, number
from tenders.sealing.canonical import record as shape
from tenders.sealing.documents import RECEIPT, document_hash, read_document
from tenders.sealing.envelope import (
    MAX_OPENERS,
    PADS,
    Notice,
    SealedEnvelope,
    Slot,
    check_upload,
    looks_sealed,
    parse,
    seal,
)
from tenders.sealing.errors import AlreadySealedError, FormatError, SealError
from tenders.sealing.opening import Outcome, open_with_seed
from tenders.sealing.primitives import POINT_BYTES, sha256

DONE, REFUSED, USAGE, NO_FILE = 0, 1, 2, 3
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
  3  python -m tenders.sealing seal terms.json --notice notice.txt \\
       --technical answers.json --commercial offer.json --out sealed
  4  python -m tenders.sealing check terms.json sealed/*.sbid
  5  curl -H 'Authorization: Token TOKEN' -H 'Idempotency-Key: NEW-FOR-EACH-VERSION' \\
       -H 'Content-Type: application/json' -d @sealed/submission.json $SITE/api/v1/bids/REF/versions/

exit codes: 0 done; 1 refused, and nothing was written; 2 wrong usage; 3 a file cannot be read or written"""

SEAL = """\
Seal a payload for each envelope that the terms name. Every file is read back and opened again with its own seed
before this command says that it is sealed. A file that is sealed already is refused.

Written to the folder given with --out, and never over a file that exists:
  BID-vN-technical.sbid, BID-vN-commercial.sbid   the sealed files
  submission.json                                 both in base64, the body to send
  BID-vN-recovery.json                            opens your own files; locked with the code that is printed once"""

PAYLOADS = """\
answers.json, a criterion's key as in the notice:
  {"answers": [{"criterion": "C-01", "value": "yes"}], "attachments": []}
offer.json, the price of one pack with exactly six decimals, all texts:
  {"offer": {"currency": "CNY", "pack": "7", "price": "113.680000"}, "attachments": []}
Blanks and the order of fields do not matter; amounts without quotes, unknown and doubled fields are refused."""

CHECK = """\
Say whether sealed files belong to these terms: tender, lot, bid, supplier, version, openers, and a body long enough.
Prints each file's SHA-256 and commitment, which are those in the receipt."""

OPEN = """\
Open a sealed file of your own with its recovery file, and write the payload to standard output. The code is asked
for, or read from standard input, so that it is in no history of commands."""

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

    notice: Notice
    slot: Slot

    @property
    def name(self) -> str:
        """The sealed file's name without its ending."""
        return f"{self.slot.bid}-v{self.slot.version}-{self.slot.envelope}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        return chosen.run(chosen) or DONE
    except SealError as error:
        sys.stderr.write(f"refused: {error}\n")
        return REFUSED
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return NO_FILE


def _parser() -> argparse.ArgumentParser:
    parser = _described(argparse.ArgumentParser, ABOUT, STEPS, prog="python -m tenders.sealing")
    commands = parser.add_subparsers(title="commands", required=True, metavar="seal | check | open | verify")
    sealing = _described(commands.add_parser, SEAL, PAYLOADS, name="seal", help="seal a bid's envelopes")
    checking = _described(commands.add_parser, CHECK, name="check", help="check sealed files against the terms")
    opening = _described(commands.add_parser, OPEN, name="open", help="open a sealed file of your own")

    verifying = _described(commands.add_parser, verify.VERIFY, name="verify", help="check a tender from its record")

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
    verify.add_arguments(verifying)
    verifying.set_defaults(run=_verify)
    return parser


def _described(make: Any, description: str, epilog: str = "", **options: Any) -> argparse.ArgumentParser:
    formatter = argparse.RawDescriptionHelpFormatter
    return make(description=description, epilog=epilog, formatter_class=formatter, **options)


def _seal(chosen: argparse.Namespace) -> None:
    places = _places(chosen)
    given = {name: path for name in ENVELOPES if (path := getattr(chosen, name))}
    if given.keys() != places.keys():
        raise FormatError(f"these terms ask for exactly: {', '.join(f'--{name}' for name in places)}")
    sealed = {}
    for name, path in given.items():
        with _concerning(path):
            sealed[name] = seal(canonical_json(_json(path)), places[name].notice, places[name].slot)
    code = keys.generate_code()
    place = next(iter(places.values()))
    files = {f"{places[name].name}.sbid": envelope.file for name, envelope in sealed.items()}
    files["submission.json"] = _submission(sealed)
    files[f"{place.slot.bid}-v{place.slot.version}-recovery.json"] = keys.lock(
        keys.recovery_secret(*sealed.values()), code, "recovery"
    )
    with _all_or_nothing(chosen.out, files):
        for name, envelope in sealed.items():
            _reopen(chosen.out / f"{places[name].name}.sbid", envelope)
    for name, envelope in sealed.items():
        _say(f"sealed and opened again: {chosen.out / places[name].name}.sbid")
        _say(f"  sha256 {envelope.digest}\n  com    {envelope.com}")
    _say(f"to send: {chosen.out / 'submission.json'}")
    _say(f"code of the recovery file, shown only now, to be written down: {code}")


def _check(chosen: argparse.Namespace) -> None:
    if chosen.receipt and not chosen.notice:
        chosen.usage_error("--receipt needs --notice, which holds the key that signed it")
    places = _places(chosen)
    receipt = _receipt(chosen) if chosen.receipt else None
    for path in chosen.files:
        with _concerning(path):
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
    with _concerning(chosen.file):
        parsed = parse(file)
    with _concerning(chosen.recovery):
        secret = keys.unlock(chosen.recovery.read_bytes(), _code(), "recovery")
        _check_recovery(secret, "")
        own = secret["envelopes"].get(parsed.header.envelope)
        if not own or own["sha256"] != sha256(file):
            raise FormatError("of another file than this one")
    with _concerning(chosen.file):
        verdict = open_with_seed(file, bytes.fromhex(own["seed"]))
        if verdict.outcome is not Outcome.OPENED or verdict.payload is None:
            raise SealError("does not open: at the opening this bid would not count")
    # Bytes, because a console's own encoding may have no Chinese.
    sys.stdout.buffer.write(verdict.payload + b"\n")


def _verify(chosen: argparse.Namespace) -> int:
    return verify.verify(chosen, code=_code, concerning=_concerning)


def _places(chosen: argparse.Namespace) -> dict[str, Place]:
    """The terms, envelope by envelope, held against the notice where one is given."""
    with _concerning(chosen.terms):
        entries = _json(chosen.terms)
        _check_terms(entries, "terms")
        envelopes = [entry["envelope"] for entry in entries]
        same_bid = {(entry["tender"], entry["lot"], entry["bid"], entry["version"]) for entry in entries}
        if len(set(envelopes)) < len(entries) or len(same_bid) != 1:
            raise FormatError("the envelopes of one bid, each once", where="terms")
    places = {entry["envelope"]: Place(_taken(Notice, entry), _taken(Slot, entry)) for entry in entries}
    if chosen.notice:
        with _concerning(chosen.notice):
            _hold_against_notice(chosen.notice.read_bytes(), places)
    return places


def _taken(kind: type, entry: dict[str, Any]) -> Any:
    values = {name: entry[name] for name in kind.__dataclass_fields__}  # type: ignore[attr-defined]
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
    with _concerning(chosen.receipt):
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


@contextmanager
def _all_or_nothing(folder: Path, files: dict[str, bytes]) -> Iterator[None]:
    """Write files that do not exist yet; where anything fails, take away those that were written."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    try:
        for name, content in files.items():
            with (folder / name).open("xb") as target:
                made.append(folder / name)
                target.write(content)
        yield
    except (OSError, SealError):
        for path in made:
            path.unlink()
        raise


@contextmanager
def _concerning(path: Path) -> Iterator[None]:
    """Name the file that a refusal is about."""
    try:
        yield
    except SealError as error:
        raise SealError(f"{path}: {error}", where=error.where, opener=error.opener) from None


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


def _code() -> str:
    return getpass.getpass("code of the recovery file: ") if sys.stdin.isatty() else sys.stdin.readline()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
