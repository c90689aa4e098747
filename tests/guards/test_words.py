"""Every act has a sentence, every template compiles, every task and command is tested."""

import ast
import importlib
import re
from collections import defaultdict

import polib
import pytest
from django.core.management import get_commands
from django.template.loader import get_template

from procurement import shell
from procurement.celery import app
from tests.guards.house import PROJECT, PURE, ROOMS, modules, templates, tree

CATALOGUE = polib.pofile(str(PROJECT / "locale/zh_Hans/LC_MESSAGES/django.po"))
TESTS = "\n".join(path.read_text() for path in sorted((PROJECT / "tests").rglob("test_*.py")))


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(PROJECT / "templates")))
def test_every_template_compiles(path):
    get_template(str(path.relative_to(PROJECT / "templates")))


def test_every_verb_has_a_sentence_that_its_data_can_fill():
    assert shell.SENTENCES
    for verb in shell.SENTENCES.values():
        label = str(verb.label)
        assert len(label) > 15
        assert re.sub(r"%\(\w+\)s", "", label).count("%") == 0


def test_no_two_rooms_use_one_verb():
    verbs = [verb.value for room in shell.ROOMS for verb in room.VERBS]
    assert len(verbs) == len(set(verbs))


def test_every_verb_is_recorded_somewhere():
    actions = "\n".join(path.read_text() for path in modules())
    unused = [f"{verb!r}" for verb in shell.SENTENCES.values() if f"Verb.{verb.name}" not in actions]
    assert unused == []


def test_every_task_has_a_test():
    app.loader.import_default_modules()
    own = [name for name in app.tasks if name.split(".")[0] in ROOMS]
    assert own
    assert [name for name in own if not re.search(rf"\b{name.rsplit('.')[-1]}\b", TESTS)] == []


def test_every_command_has_a_test():
    own = [name for name, where in get_commands().items() if where in ROOMS]
    assert own
    assert [name for name in own if name not in TESTS] == []


def test_a_word_names_one_class_in_a_room():
    """Of the public classes that a room declares or takes from others, no two have one name: ``docs/glossary.md`` says
    which of two meanings has the word."""
    declared = {path: _classes(path) for path in modules()}
    doubled = []
    for room in (*PURE, *ROOMS):
        meanings = defaultdict(set)
        for path in modules(room):
            if "management" in path.parts:  # the framework calls every command Command
                continue
            for name in declared[path]:
                meanings[name].add(f"{_dotted(path)}.{name}")
            for name, origin in _taken(path):
                meanings[name].add(origin)
        doubled += [f"{room}: {sorted(found)}" for found in meanings.values() if len(found) > 1]
    assert doubled == []


def _classes(path):
    return [node.name for node in tree(path).body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]


def _dotted(path):
    return ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


def _taken(path):
    """The classes of our own that a module imports: the name here, and where each was declared."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in (*PURE, *ROOMS):
            module = importlib.import_module(node.module)
            for alias in node.names:
                value = getattr(module, alias.name, None)
                if isinstance(value, type) and value.__module__.split(".")[0] in (*PURE, *ROOMS):
                    yield alias.asname or alias.name, f"{value.__module__}.{value.__qualname__}"


# Numbers of things of which there may be one. Where a sentence counts them it has a form for one (``ngettext``), or
# names the thing first: “lots: 1”.
COUNTED = "bids|items|rows|lines|packs|hospitals|found|reported|envelopes|seals|lots|models|reached|passed|signed"
ONE_OF_MANY = re.compile(rf"%\((?:{COUNTED})\)[sd] (?!of|go|have|is|in\b)(?:\w+ )??\w+s\b")
NAMES_A_PLACE = {"The code should end after position %(length)s, but has %(found)s characters."}


def test_no_sentence_counts_one_things():
    entries = [entry for entry in CATALOGUE if not entry.msgid_plural]
    assert len(entries) > 2000
    assert {entry.msgid for entry in entries if ONE_OF_MANY.search(entry.msgid)} == NAMES_A_PLACE
