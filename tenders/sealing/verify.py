"""`python -m tenders.sealing verify`: anybody's check of a tender, from files alone."""

import argparse
import sys
from pathlib import Path
from typing import Any

from tenders.sealing import keys
from tenders.sealing.checking.findings import Answer, Finding, check
from tenders.sealing.checking.material import Material, read_evidence, read_record
from tenders.sealing.checking.words import NUMBERS, POINTS, REASONS

HOLDS, FAILS = 0, 1

VERIFY = """\
Check a tender from its public record: who signed, what was counted, opened and ranked. With your own files also
whether your bid was received, counted and read correctly: --evidence from the page of your receipt, --recovery from
the making of your bid, --root from your mail. Nothing is sent anywhere.

  curl $SITE/notices/TENDER/record/ > record.json
  curl -H 'Authorization: Token TOKEN' $SITE/api/v1/bids/REF/receipts/HASH/evidence/ > evidence.json
  python -m tenders.sealing verify record.json --evidence evidence.json --recovery REF-v1-recovery.json --root ROOT

exit codes: 0 all that could be asked holds; 1 something does not hold, or a file is not what it should be"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What the subcommand takes."""
    command.add_argument("record", type=Path, metavar="RECORD.json", help="the tender's public record")
    command.add_argument("--evidence", type=Path, metavar="FILE", help="from the page of your receipt")
    command.add_argument("--recovery", type=Path, metavar="FILE", help="your recovery file; its code is asked for")
    command.add_argument("--root", default="", metavar="HEX", help="the root from your mail")
    command.add_argument("--stamp-certificate", type=Path, metavar="PEM", help="of the time stamp authority you trust")


def verify(chosen: argparse.Namespace, *, code: Any, concerning: Any) -> int:
    """Answer every point. ``code`` asks for a recovery file's code, ``concerning`` names a file in a refusal."""
    with concerning(chosen.record):
        record = read_record(chosen.record.read_bytes())
    evidence = secrets = None
    if chosen.evidence:
        with concerning(chosen.evidence):
            evidence = read_evidence(chosen.evidence.read_bytes())
    if chosen.recovery:
        with concerning(chosen.recovery):
            secrets = keys.unlock(chosen.recovery.read_bytes(), code(), "recovery")
    certificate = chosen.stamp_certificate.read_bytes() if chosen.stamp_certificate else b""
    findings = check(Material(record, evidence, secrets, chosen.root, certificate))
    for finding in findings:
        sys.stdout.write(f"{told(finding)}\n")
    return FAILS if any(finding.answer is Answer.FAILS for finding in findings) else HOLDS


def told(finding: Finding) -> str:
    """A finding as a line."""
    number = NUMBERS.get(finding.point, "-")
    why = f": {REASONS[finding.why].format(**finding.about)}" if finding.why else ""
    return f"{number!s:>2}  {finding.answer:<13}  {POINTS[finding.point]}{why}"
