"""The command for bidders who want no browser: without Django, without a database, and hard to use wrongly."""

import base64
import json
import os
import re
import subprocess
import sys
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from sealing import command
from sealing.attachments import id_of, open_blob
from sealing.documents import RECEIPT, document_hash, sign_document
from sealing.envelope import BLOB_MAGIC, check_upload, parse, seal
from sealing.opening import Outcome, open_envelope
from sealing.payloads import read_technical
from tenders.rules.attachments import Declaration
from tests.sealing.alone import PROJECT, alone, program
from tests.sealing.kit import (
    ANSWERS,
    COMMERCIAL,
    NOTICE,
    OFFER,
    OPENERS,
    SERVER,
    SERVER_KEY,
    TECHNICAL,
    VECTORS,
    released,
)
from tests.tenders.bids import a_bid, moved_deadline, signed_in
from tests.tenders.stage import published_tender

NOTICE_FILE = sign_document(
    {
        "format": "tender-notice/1",
        "installation": {"key": SERVER},
        "tender": NOTICE.tender,
        "k": NOTICE.k,
        "pads": {"technical": 16_384, "commercial": 4096},
        "openers": [{"key": opener["public"], "signing_key": opener["sign_public"]} for opener in VECTORS["openers"]],
        "fingerprint": "f" * 64,
    },
    SERVER_KEY,
)
TOLD = replace(NOTICE, terms=document_hash(NOTICE_FILE))
TERMS = [
    asdict(replace(TOLD, minimum_pad=16_384)) | asdict(TECHNICAL),
    asdict(TOLD) | asdict(COMMERCIAL),
]


@pytest.fixture
def folder(tmp_path):
    """A bidder's folder: terms, notice, and both payloads as a person or a program may lay them out."""
    (tmp_path / "terms.json").write_text(json.dumps(TERMS, indent=2))
    (tmp_path / "notice").write_bytes(NOTICE_FILE)
    (tmp_path / "answers.json").write_text(json.dumps(json.loads(ANSWERS), indent=4), encoding="utf-8-sig")
    (tmp_path / "offer.json").write_text(json.dumps(dict(reversed(json.loads(OFFER).items()))))
    return tmp_path


def run(capsys, folder, *arguments):
    """Run the command in this process: its exit code, what it said and what it complained of."""
    os.chdir(folder)
    try:
        code = command.main(arguments)
    except SystemExit as ended:
        code = ended.code
    told = capsys.readouterr()
    return code, told.out, told.err


SEAL = ("seal", "terms.json", "--technical", "answers.json", "--commercial", "offer.json", "--out", "sealed")
FILES = ("sealed/B-5Q7XK2-v2-technical.sbid", "sealed/B-5Q7XK2-v2-commercial.sbid")
RECOVERY = "sealed/B-5Q7XK2-v2-recovery.json"


@pytest.fixture(autouse=True)
def _back_home(monkeypatch):
    """Whatever folder a test works in is left again."""
    monkeypatch.chdir(PROJECT)


def test_a_bid_is_sealed_checked_and_opened_without_django(folder):
    sealed = alone("sealing", folder, *SEAL, "--notice", "notice")
    assert (sealed.returncode, sealed.stderr) == (0, b"")
    assert b"fingerprint of its openers' keys: " + b"f" * 64 in sealed.stdout
    code = re.search(rb"written down: ([0-9A-Z-]{19})\n", sealed.stdout).group(1).decode()

    for file, payload, terms in zip(FILES, (ANSWERS, OFFER), TERMS, strict=True):
        content = (folder / file).read_bytes()
        slot = TECHNICAL if payload is ANSWERS else COMMERCIAL
        check_upload(parse(content), replace(TOLD, minimum_pad=terms["minimum_pad"]), slot)
        opened = open_envelope(content, released(content, (1, 3, 5)))
        assert (opened.outcome, opened.payload) == (Outcome.OPENED, payload)
        assert opened.digest.encode() in sealed.stdout
        assert opened.header.com.encode() in sealed.stdout
        back = alone("sealing", folder, "open", file, RECOVERY, said=code.lower())
        assert (back.returncode, back.stdout) == (0, payload + b"\n")

    body = json.loads((folder / "sealed/submission.json").read_text())
    sent = [base64.b64decode(body[name], validate=True) for name in ("technical", "commercial")]
    assert sent == [(folder / file).read_bytes() for file in FILES]

    checked = alone("sealing", folder, "check", "terms.json", *FILES)
    assert (checked.returncode, checked.stdout.count(b"belongs to these terms: ")) == (0, 2)


def test_django_is_really_out_of_reach_there(folder):
    alone_with_django = program("sealing").replace("runpy.run", "import django; runpy.run", 1)
    tried = subprocess.run([sys.executable, "-c", alone_with_django], capture_output=True, check=False, timeout=60)
    assert b"ModuleNotFoundError" in tried.stderr or b"ImportError" in tried.stderr


def test_the_help_teaches_every_step(folder, capsys):
    _code, about, _err = run(capsys, folder, "--help")
    for said in ("bids/REF/sealing/", "bids/REF/versions/", "Idempotency-Key", "exit codes: 0 done; 1 refused"):
        assert said in about
    _code, about, _err = run(capsys, folder, "seal", "--help")
    begins = [about.index("{", about.index(name)) for name in ("answers.json, a", "offer.json, of")]
    examples = [json.JSONDecoder().raw_decode(about, at)[0] for at in begins]
    (folder / "answers.json").write_text(json.dumps(examples[0]))
    (folder / "offer.json").write_text(json.dumps(examples[1]))
    (folder / examples[0]["attachments"][0]).write_bytes(b"%PDF")
    assert run(capsys, folder, *SEAL)[0] == 0


def test_attachments_beside_the_answers_are_sealed_opened_again_and_declared(folder, capsys):
    data = os.urandom(1_500_000)
    (folder / "annex.pdf").write_bytes(data)
    answers = json.loads(ANSWERS) | {"attachments": ["annex.pdf"]}
    (folder / "answers.json").write_text(json.dumps(answers))
    code, out, err = run(capsys, folder, *SEAL)
    assert (code, err) == (0, "")
    sealed = folder / "sealed" / "B-5Q7XK2-v2-technical-1.sblob"
    assert f"to send before the submission: {Path('sealed') / sealed.name}" in out
    declared = json.loads(sealed.with_suffix(".json").read_text())
    assert Declaration(declared["length"], tuple(declared["chunks"])).possible
    verdict = open_envelope((folder / FILES[0]).read_bytes(), released((folder / FILES[0]).read_bytes(), (1, 2, 3)))
    (attachment,) = read_technical(verdict.payload).attachments
    assert (attachment.name, attachment.size) == ("annex.pdf", len(data))
    assert verdict.header.blobs == (id_of(declared["chunks"]),)
    with sealed.open("rb") as source, (folder / "again").open("wb") as target:
        open_blob(source, target, attachment)
    assert (folder / "again").read_bytes() == data


def test_a_sealed_attachment_is_not_sealed_again_and_nothing_stays(folder, capsys):
    (folder / "annex.sblob").write_bytes(BLOB_MAGIC + b"whatever")
    answers = json.loads(ANSWERS) | {"attachments": ["annex.sblob"]}
    (folder / "answers.json").write_text(json.dumps(answers))
    code, _out, err = run(capsys, folder, *SEAL)
    assert (code, "annex.sblob: this file is sealed already" in err) == (1, True)
    assert not (folder / "sealed").exists()


def test_one_envelope_is_sealed_where_the_terms_ask_for_one(folder, capsys):
    (folder / "terms.json").write_text(json.dumps(TERMS[1:]))
    code, _out, err = run(capsys, folder, *SEAL)
    assert (code, err) == (1, "refused: these terms ask for exactly: --commercial\n")
    code, _out, err = run(capsys, folder, "seal", "terms.json", "--commercial", "offer.json", "--out", "sealed")
    assert (code, err) == (0, "")
    assert list(json.loads((folder / "sealed/submission.json").read_text())) == ["commercial"]


def test_a_sealed_file_is_never_sealed_again_nor_written_over(folder, capsys):
    assert run(capsys, folder, *SEAL)[0] == 0
    before = {path: path.read_bytes() for path in (folder / "sealed").iterdir()}
    again = [*SEAL[:4], "--commercial", FILES[1], "--out", "twice"]
    code, _out, err = run(capsys, folder, *again)
    assert (code, err) == (1, f"refused: {FILES[1]}: this is sealed already\n")
    code, _out, err = run(capsys, folder, *SEAL)
    assert (code, err) == (3, f"{FILES[0]}: File exists\n")
    assert before == {path: path.read_bytes() for path in (folder / "sealed").iterdir()}
    assert not (folder / "twice").exists()


def test_where_the_last_file_is_in_the_way_none_is_left(folder, capsys):
    (folder / "sealed").mkdir()
    (folder / RECOVERY).touch()
    assert run(capsys, folder, *SEAL)[0] == 3
    assert [path.name for path in (folder / "sealed").iterdir()] == [Path(RECOVERY).name]


def test_what_lies_on_the_disk_is_opened_before_it_is_called_sealed(folder, capsys, monkeypatch):
    """A disk that stores something else: the command says so, and leaves nothing that could be sent."""
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path)[: -1 if path.suffix == ".sbid" else None])
    code, out, err = run(capsys, folder, *SEAL)
    assert (code, out, err) == (1, "", f"refused: {FILES[0]}: does not open again\n")
    assert not (folder / "sealed").exists()


PRICE = '{"offer": {"currency": "CNY", "pack": "7", "price": %s}, "attachments": []}'


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("offer.json", PRICE % '"113.68"', "offer.price: a price with exactly six decimals"),
        ("offer.json", PRICE % '"0.000000"', "offer.price: above nought"),
        ("offer.json", PRICE % "113.680000", "neither object, array, text, integer"),
        ("offer.json", PRICE % '"113.680000', "not JSON, line 1 column"),
        ("offer.json", '{"offer": {}, "offer": {}}', "a field stands there twice"),
        ("offer.json", '{"answers": [], "attachments": []}', "exactly the fields attachments, offer"),
        ("answers.json", b"\xff\xfe1", "not JSON in UTF-8"),
        ("answers.json", '{"answers": [{"criterion": "C-01"}], "attachments": []}', "answers[0]: exactly the fields"),
        ("terms.json", "{}", "terms: an array"),
        ("terms.json", "[]", "the envelopes of one bid, each once"),
        ("terms.json", json.dumps([TERMS[0], TERMS[0]]), "the envelopes of one bid, each once"),
        ("terms.json", json.dumps([TERMS[0], TERMS[1] | {"version": 3}]), "the envelopes of one bid, each once"),
        ("terms.json", json.dumps([TERMS[0] | {"k": "3"}]), "terms[0].k: an integer from 2 to 15"),
        ("terms.json", json.dumps([TERMS[0] | {"bid": "../B"}]), "terms[0].bid: a reference"),
        ("notice", NOTICE_FILE.replace(b'"k":3', b'"k":2'), "a signature does not hold"),
        ("notice", b"{}\n", "not a tender's signed notice"),
        ("notice", NOTICE_FILE.replace(SERVER.encode(), b"none"), "not a tender's signed notice"),
        (
            "notice",
            sign_document({"format": "tender-notice/1", "installation": {"key": SERVER}}, SERVER_KEY),
            "not a tender's signed notice",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_file_and_nothing_is_written(folder, capsys, file, content, says):
    (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    code, out, err = run(capsys, folder, *SEAL, "--notice", "notice")
    assert code == 1
    assert err.startswith(f"refused: {file}: ")
    assert says in err
    assert "113" not in out + err
    assert not (folder / "sealed").exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"terms": "5" * 64},
        {"k": 2},
        {"openers": list(OPENERS[::-1])},
        {"openers": [*OPENERS[:4], OPENERS[3]]},
        {"minimum_pad": 65_536},
        {"tender": "T-1"},
    ],
)
def test_terms_that_are_not_the_notices_seal_nothing(folder, capsys, changes):
    """A server that slips in keys of its own is found out by the notice."""
    (folder / "terms.json").write_text(json.dumps([entry | changes for entry in TERMS]))
    code, _out, err = run(capsys, folder, *SEAL, "--notice", "notice")
    assert (code, err) == (
        1,
        "refused: notice: the terms are not those of this notice: seal nothing, and ask the agency\n",
    )
    assert not (folder / "sealed").exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"terms": "5" * 64}, "terms: not what the notice and the seat say"),
        ({"openers": list(OPENERS[::-1])}, "openers: not what the notice and the seat say"),
        ({"supplier": "91330000MA27YYYY5K"}, "supplier: not what the notice and the seat say"),
        ({"version": 3}, "version: not what the notice and the seat say"),
        ({"minimum_pad": 65_536}, "pad: below the notice's minimum"),
    ],
)
def test_a_file_of_other_terms_is_told_apart(folder, capsys, changes, says):
    file = folder / "offer.sbid"
    file.write_bytes(seal(OFFER, TOLD, COMMERCIAL).file)
    assert run(capsys, folder, "check", "terms.json", "offer.sbid")[0] == 0
    (folder / "terms.json").write_text(json.dumps([TERMS[1] | changes]))
    code, _out, err = run(capsys, folder, "check", "terms.json", "offer.sbid")
    assert (code, err) == (1, f"refused: offer.sbid: {says}\n")


def test_a_file_that_is_cut_changed_or_none_is_told_apart(folder, capsys):
    file = seal(OFFER, TOLD, COMMERCIAL).file
    for content, says in ((file[:-1], "cut short"), (OFFER, "not a sealed envelope"), (b"", "not a sealed envelope")):
        (folder / "offer.sbid").write_bytes(content)
        code, _out, err = run(capsys, folder, "check", "terms.json", "offer.sbid")
        assert code == 1
        assert says in err
    assert run(capsys, folder, "check", "terms.json", "none.sbid")[::2] == (3, "none.sbid: No such file or directory\n")
    (folder / "terms.json").write_text(json.dumps(TERMS[:1]))
    (folder / "offer.sbid").write_bytes(file)
    code, _out, err = run(capsys, folder, "check", "terms.json", "offer.sbid")
    assert (code, err) == (1, "refused: offer.sbid: these terms have no commercial envelope\n")


def receipt_of(sealed, **changes):
    body = {
        "format": RECEIPT,
        "kind": "bid",
        **{name: getattr(sealed.header, name) for name in ("tender", "lot", "bid", "terms", "supplier", "version")},
        "technical": None,
        "commercial": {"com": sealed.com, "sha256": sealed.digest},
        "prev": "",
        "proof": "",
        "received_at": "2026-11-20T08:00:00.000000Z",
    }
    return sign_document(body | changes, SERVER_KEY)


def test_the_receipt_must_name_the_very_file(folder, capsys):
    sealed = seal(OFFER, TOLD, COMMERCIAL)
    (folder / "offer.sbid").write_bytes(sealed.file)
    asked = ("check", "terms.json", "offer.sbid", "--notice", "notice", "--receipt", "receipt")
    (folder / "receipt").write_bytes(receipt_of(sealed))
    code, out, _err = run(capsys, folder, *asked)
    assert code == 0
    assert "belongs to these terms and to the receipt: offer.sbid" in out
    other = seal(OFFER, TOLD, COMMERCIAL)
    for receipt, says in (
        (receipt_of(other), "offer.sbid: the receipt names another file"),
        (receipt_of(sealed, version=1), "offer.sbid: the receipt names another version"),
        (receipt_of(sealed, lot="L-9"), "offer.sbid: the receipt names another lot"),
        (receipt_of(sealed, kind="refusal", reason="late"), "receipt: not the receipt of a bid"),
        (receipt_of(sealed).replace(b"08:00", b"07:00"), "receipt: a signature does not hold"),
    ):
        (folder / "receipt").write_bytes(receipt)
        code, _out, err = run(capsys, folder, *asked)
        assert (code, err) == (1, f"refused: {says}\n")
    code, _out, err = run(capsys, folder, "check", "terms.json", "offer.sbid", "--receipt", "receipt")
    assert code == 2
    assert "--receipt needs --notice" in err


def test_a_file_opens_with_its_own_recovery_file_and_code_only(folder):
    sealed = alone("sealing", folder, *SEAL)
    code = re.search(rb"written down: ([0-9A-Z-]{19})\n", sealed.stdout).group(1).decode()
    (folder / "other.sbid").write_bytes(seal(OFFER, TOLD, COMMERCIAL).file)
    for file, said, says in (
        (FILES[1], "0000-0000-0000-0000", f"{RECOVERY}: the code is not this file's, or the file is damaged"),
        (FILES[1], "", f"{RECOVERY}: a code has 16 letters and digits, and no U"),
        ("other.sbid", code, f"{RECOVERY}: of another file than this one"),
        ("offer.json", code, "offer.json: not a sealed envelope"),
    ):
        refused = alone("sealing", folder, "open", file, RECOVERY, said=said)
        assert (refused.returncode, refused.stdout) == (1, b"")
        assert refused.stderr.decode() == f"refused: {says}\n"


def test_what_the_platform_answers_is_sealed_sent_and_checked(client, world, folder):
    """The five steps of the help, between the real API and a process without Django."""
    stage = published_tender(world, lots=("20.00",))
    moved_deadline(stage.tender, timezone.now() + timedelta(hours=5))
    bid = a_bid(stage)
    signed_in(client, bid.prepared_by)
    (folder / "terms.json").write_bytes(client.get(reverse("api-sealing", args=[bid.reference])).content)
    (folder / "notice").write_bytes(
        client.get(reverse("tenders:notice-document", args=[stage.tender.reference])).content
    )
    sealed = alone("sealing", folder, *SEAL, "--notice", "notice")
    assert sealed.returncode == 0, sealed.stderr
    answer = client.post(
        reverse("api-submit-bid", args=[bid.reference]),
        (folder / "sealed/submission.json").read_bytes(),
        content_type="application/json",
        headers={"Idempotency-Key": "first-version"},
    )
    assert answer.status_code == 201, answer.content
    (folder / "receipt").write_bytes(answer.json()["document"].encode())
    files = [str(path.relative_to(folder)) for path in folder.glob("sealed/*.sbid")]
    checked = alone("sealing", folder, "check", "terms.json", *files, "--notice", "notice", "--receipt", "receipt")
    assert (checked.returncode, checked.stderr) == (0, b"")
    assert checked.stdout.count(b"belongs to these terms and to the receipt: ") == 2


def test_wrong_usage_is_said_so(folder, capsys):
    for arguments in ((), ("unseal",), ("seal",), ("check", "terms.json")):
        code, out, err = run(capsys, folder, *arguments)
        assert (code, out) == (2, "")
        assert err.startswith("usage: python -m sealing")
