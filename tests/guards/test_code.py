"""Habits that a reader cannot check line by line: no floats near money, no hidden clock, no writes past actions."""

import ast
import re

from tests.guards.house import DOMAIN_ROOMS, PROJECT, PURE, modules, tree, where

NAIVE = {"utcnow", "today", "utcfromtimestamp"}


def calls(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node


def test_nothing_makes_a_float():
    wrong = [
        where(path, call.lineno)
        for path in modules()
        for call in calls(path)
        if isinstance(call.func, ast.Name) and call.func.id == "float"
    ]
    assert wrong == []


def test_no_time_without_a_zone():
    wrong = []
    for path in modules():
        for call in calls(path):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            if name in NAIVE or (name == "now" and ast.unparse(call.func) == "datetime.now" and not call.args):
                wrong.append(where(path, call.lineno))
    assert wrong == []


def test_rules_know_no_clock_and_no_django():
    rules = [path for path in modules(*DOMAIN_ROOMS) if path.name == "rules.py" or "rules" in path.parts]
    assert rules
    rules += modules(*PURE)
    forbidden = re.compile(r"\bimport time\b|\btimezone\.now|datetime\.now|date\.today|from django|import django")
    assert [str(path.relative_to(PROJECT)) for path in rules if forbidden.search(path.read_text())] == []


def test_rows_are_written_in_actions_only():
    """A rough net of names; the finer one stands in the tests' database connection."""
    wrong = []
    for path in modules(*DOMAIN_ROOMS):
        relative = path.relative_to(PROJECT)
        if relative.parts[0] == "core" or {"actions", "actions.py", "management", "tasks.py"} & set(relative.parts):
            continue
        for call in calls(path):
            text = ast.unparse(call.func)
            if re.search(r"objects\b.*\.(create|bulk_create|bulk_update|update|get_or_create|delete)$", text):
                wrong.append(where(path, call.lineno))
    assert wrong == []


def test_every_action_says_who_and_when():
    wrong = []
    for path in modules(*DOMAIN_ROOMS):
        for node in tree(path).body:
            if not isinstance(node, ast.FunctionDef):
                continue
            if not any(isinstance(mark, ast.Name) and mark.id == "action" for mark in node.decorator_list):
                continue
            names = {argument.arg for argument in node.args.kwonlyargs}
            if node.args.args or "now" not in names:
                wrong.append(f"{where(path, node.lineno)} {node.name}")
    # A command that founds an installation hands its time on from within.
    assert [found for found in wrong if "found_agency" not in found] == []


def test_a_tender_has_one_permit():
    """A weaker one of the same name would be as easy to import."""
    named = [
        where(path, node.lineno)
        for path in modules("tenders")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.name == "permit"
    ]
    assert len(named) == 1, named


def test_no_todo_is_left_behind():
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    wrong = [str(p.relative_to(PROJECT)) for p in modules() if marks.search(p.read_text())]
    assert wrong == []


def test_every_dependency_has_its_reason():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = [line for line in (PROJECT / name).read_text().splitlines() if "==" in line]
        assert lines
        assert [line for line in lines if "#" not in line or len(line.split("#")[1].strip()) < 10] == []


def test_no_file_names_a_package_registry():
    registries = ("pypi" + ".org", "pythonhosted" + ".org", "registry.npm" + "js.org")
    named = [
        path.name
        for path in PROJECT.glob("*")
        if path.is_file() and any(host in path.read_text(errors="ignore") for host in registries)
    ]
    assert named == []
