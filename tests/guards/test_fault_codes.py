"""Every code that a fault may carry stands in the published list, with one meaning, and nothing else stands there."""

import ast
import re

from rest_framework import exceptions

from tenders.models import Receipt
from tests.guards.house import PROJECT, modules, tree, where

LISTED = re.compile(r"^\| `([a-z_]+)` \|", re.MULTILINE)
FAULTS = {"Refused", "Conflict", "Fault", "KeyReused", "ErrorDetail", "ValidationError", "Answer", "in_row"}
# Codes that are no literal of a refusal of ours: of the framework, of fields, and of receipts of submissions.
OF_FRAMEWORK = {
    exceptions.NotAuthenticated.default_code,
    exceptions.AuthenticationFailed.default_code,
    exceptions.MethodNotAllowed.default_code,
    exceptions.NotFound.default_code,
    exceptions.ParseError.default_code,
    exceptions.UnsupportedMediaType.default_code,
    exceptions.NotAcceptable.default_code,
    exceptions.Throttled.default_code,
}
OF_FIELDS = {
    "required", "null", "blank", "invalid", "invalid_choice", "does_not_exist", "empty", "max_length", "min_length",
    "max_value", "min_value", "max_digits", "max_decimal_places", "max_whole_digits", "not_a_list", "unknown", "date",
    "datetime", "incorrect_type",
}  # fmt: skip
OURS = {"refused", "conflict", "denied", "proof_needed", "malformed", "too_large", "too_deep", "unavailable", "failed"}
OF_RECEIPTS = set(Receipt.Reason.values) - {""}


def listed() -> list[str]:
    return LISTED.findall((PROJECT / "docs" / "api.md").read_text())


def said() -> set[str]:
    found = set()
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in FAULTS:
                codes = [*(word.value for word in node.keywords if word.arg == "code"), *node.args[3:4]]
                found |= {code.value for code in codes if isinstance(code, ast.Constant) and code.value}
    return found


def refusals():
    """Each place where something is refused, with what it is called and the words that it is given."""
    for path in modules():
        for node in ast.walk(tree(path)):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in ("Refused", "Conflict", "Fault") and "verification" not in path.parts:
                yield f"{where(path, node.lineno)}", name, node


def test_every_refusal_says_what_is_wrong_by_a_code_of_its_own():
    """`refused` is left to several faults, `conflict` to who was not the first."""
    said_here = list(refusals())
    silent = [
        place
        for place, name, node in said_here
        if not {word.arg for word in node.keywords} & {"code", "faults"}
        and not (name == "Fault" and len(node.args) == 4)
        and not (name == "Conflict" and " else has just " in ast.unparse(node.args[0]))
        and place.partition(":")[0] != "core/errors.py"
    ]
    assert silent == []
    named = {
        word.value.value
        for _place, _name, node in said_here
        for word in node.keywords
        if word.arg == "code" and isinstance(word.value, ast.Constant)
    }
    assert len(named) > 100
    assert "refused" not in named


def test_every_code_is_listed_once_and_every_listed_code_is_said():
    codes = listed()
    assert len(codes) == len(set(codes)), "a code has one meaning"
    known = OF_FRAMEWORK | OF_FIELDS | OURS | OF_RECEIPTS
    missing = (said() | known) - set(codes)
    assert missing == set()
    assert set(codes) - said() - known == set()
