"""Every act has a sentence, every template compiles, every task and command is tested."""

import re

import pytest
from django.core.management import get_commands
from django.template.loader import get_template

from procurement import shell
from procurement.celery import app
from tests.guards.house import PROJECT, ROOMS, modules, templates

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
