"""The command with which anybody checks a tender: without Django, without a database, from files alone."""

import json

import pytest

from sealing import keys
from tests.checking.papers import papers_of
from tests.sealing.alone import alone


def test_a_tender_is_checked_without_django_from_files_alone(tmp_path, world):
    papers = papers_of(world)
    code = keys.generate_code()
    (tmp_path / "record.json").write_text(json.dumps(papers.record), encoding="utf-8")
    (tmp_path / "evidence.json").write_text(json.dumps(papers.evidence))
    (tmp_path / "recovery.json").write_bytes(keys.lock(papers.secrets, code, "recovery"))
    own = ("--evidence", "evidence.json", "--recovery", "recovery.json", "--root", papers.root)
    checked = alone("checking", tmp_path, "record.json", *own, said=code)
    lines = checked.stdout.decode().splitlines()
    assert (checked.returncode, checked.stderr) == (0, b"")
    assert sorted(line[1] for line in lines if line[4:9] == "holds" and line[1] != "-") == list("123456789")

    crooked = papers.record | {"ranking": papers.record["ranking"][1:]}
    (tmp_path / "crooked.json").write_text(json.dumps(crooked), encoding="utf-8")
    found = alone("checking", tmp_path, "crooked.json")
    assert found.returncode == 1
    assert b" 8  does not hold         the ranking follows" in found.stdout


@pytest.mark.parametrize("content", ["", "[]", '{"format":"tender-record/3"}', "\u0000"])
def test_what_is_no_record_is_refused_by_name(tmp_path, content):
    (tmp_path / "record.json").write_text(content)
    refused = alone("checking", tmp_path, "record.json")
    assert refused.returncode == 1
    assert refused.stderr.startswith(b"refused: record.json: ")
