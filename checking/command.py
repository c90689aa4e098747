"""`python -m checking`: anybody's check of a tender, from files alone."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from checking.findings import Answer, Finding, check
from checking.material import Material, read_evidence, read_record
from checking.words import NUMBERS, POINTS, REASONS
from sealing import console, keys

HOLDS, FAILS = 0, 1

ABOUT = """\
Check a tender from its public record: who signed, what was counted, opened and ranked. With your own files also
whether your bid was received, counted and read correctly: --evidence from the page of your receipt, --recovery from
the making of your bid, --root from your mail. Nothing is sent anywhere.

  curl $SITE/notices/TENDER/record/ > record.json
  curl -H 'Authorization: Token TOKEN' $SITE/api/v1/bids/REF/receipts/HASH/evidence/ > evidence.json
  python -m checking record.json --evidence evidence.json --recovery REF-v1-recovery.json --root ROOT

exit codes: 0 all that could be asked holds; 1 something does not hold, or a file is not what it should be"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    chosen = _parser().parse_args(arguments)
    return console.told(lambda: _check(chosen))


def _parser() -> argparse.ArgumentParser:
    parser = console.described(argparse.ArgumentParser, ABOUT, prog="python -m checking")
    parser.add_argument("record", type=Path, metavar="RECORD.json", help="the tender's public record")
    parser.add_argument("--evidence", type=Path, metavar="FILE", help="from the page of your receipt")
    parser.add_argument("--recovery", type=Path, metavar="FILE", help="your recovery file; its code is asked for")
    parser.add_argument("--root", default="", metavar="HEX", help="the root from your mail")
    parser.add_argument("--stamp-certificate", type=Path, metavar="PEM", help="of the time stamp authority you trust")
    return parser


def _check(chosen: argparse.Namespace) -> int:
    with console.concerning(chosen.record):
        record = read_record(chosen.record.read_bytes())
    evidence = secrets = None
    if chosen.evidence:
        with console.concerning(chosen.evidence):
            evidence = read_evidence(chosen.evidence.read_bytes())
    if chosen.recovery:
        with console.concerning(chosen.recovery):
            secrets = keys.unlock(chosen.recovery.read_bytes(), console.ask_code(), "recovery")
    certificate = chosen.stamp_certificate.read_bytes() if chosen.stamp_certificate else b""
    findings = check(Material(record, evidence, secrets, chosen.root, certificate))
    for finding in findings:
        sys.stdout.write(f"{_line(finding)}\n")
    return FAILS if any(finding.answer is Answer.FAILS for finding in findings) else HOLDS


def _line(finding: Finding) -> str:
    """A finding as a line."""
    number = NUMBERS.get(finding.point, "-")
    why = f": {REASONS[finding.why].format(**finding.about)}" if finding.why else ""
    return f"{number!s:>2}  {finding.answer:<20}  {POINTS[finding.point]}{why}"
