"""What README and documents name is there: files, addresses, commands, targets, modules, settings."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from tests.guards.house import PROJECT

DOCUMENTS = [PROJECT / "README.md", PROJECT / "CHANGELOG.md", *sorted((PROJECT / "docs").glob("*.md"))]
DEPLOYED = [path for path in sorted((PROJECT / "deploy").rglob("*")) if path.is_file()]
TARGETS = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
# Folders of whatever machine it is, not addresses of pages.
SYSTEM = re.compile(r"/(etc|mnt|opt|srv|usr|var)/")


def everywhere(pattern: str, files: list[Path] = DOCUMENTS) -> set[tuple[str, str]]:
    """Each place of a pattern's group, with the name of its file."""
    return {(path.name, found) for path in files for found in re.findall(pattern, path.read_text())}


def spans(pattern: str) -> set[tuple[str, str]]:
    """What stands between backticks and is whole as the pattern says."""
    return {(name, span) for name, span in everywhere(r"`([^`\n]+)`") if re.fullmatch(pattern, span)}


@cache
def known_settings() -> set[str]:
    """Every variable that some program of ours reads."""
    read = [*(PROJECT / "procurement").glob("*.py"), PROJECT / "Makefile"]
    return {word for path in read for word in re.findall(r"\b[A-Z][A-Z_]{2,}\b", path.read_text())}


def test_every_link_leads_to_a_file():
    links = [
        (path, link) for path in DOCUMENTS for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text())
    ]
    assert len(links) > 80
    assert [(path.name, link) for path, link in links if not (path.parent / link).exists()] == []


def test_every_link_within_a_page_leads_to_a_heading():
    for path in DOCUMENTS:
        text = path.read_text()
        headings = {re.sub(r"[^\w -]", "", line).strip().lower().replace(" ", "-") for line in text.splitlines()}
        assert [link for link in re.findall(r"\]\(#([^)]+)\)", text) if link not in headings] == [], path.name


def test_every_file_that_is_named_exists():
    ours = {path.name for path in PROJECT.iterdir()} - {"var"}
    named = {(name, span) for name, span in spans(r"[\w.-]+/[\w./*-]*") if span.partition("/")[0] in ours}
    assert len(named) > 60
    assert [(name, path) for name, path in named if not any(PROJECT.glob(path.rstrip("/")))] == []


def test_every_address_that_is_named_is_one():
    def leads_nowhere(address: str) -> bool:
        try:
            return not resolve(address.partition("?")[0])
        except Resolver404:
            return True

    named = {(name, span) for name, span in spans(r"/[\w./-]+/|/[\w./-]+\.txt|/healthz") if not SYSTEM.match(span)}
    assert len(named) > 15
    assert {address for _name, address in named if leads_nowhere(address)} == {"/styleguide/"}  # with DEBUG only


def test_every_command_module_and_target_that_is_named_exists():
    files = [*DOCUMENTS, *DEPLOYED]
    commands, modules = everywhere(r"manage\.py ([a-z_]+)", files), everywhere(r"python -m ([a-z_.]+[a-z])", files)
    targets = everywhere(r"[`\n](?:[A-Z]+=\S+ )*make ([a-z-]+)")
    assert min(len(commands), len(targets), len(modules)) > 5
    assert [(name, command) for name, command in commands if command not in get_commands()] == []
    assert [(name, target) for name, target in targets if target not in TARGETS] == []
    assert [(name, module) for name, module in modules if find_spec(module) is None] == []


def test_every_setting_that_is_named_is_read():
    named = {(name, span.partition("=")[0]) for name, span in spans(r"[A-Z]+(?:_[A-Z]+)+(?:=.*)?")}
    named |= everywhere(r"(?m)^([A-Z][A-Z_]+)=", [PROJECT / "deploy" / "environment.example"])
    assert len(named) > 20
    assert [(name, setting) for name, setting in named if setting not in known_settings()] == []


@pytest.mark.parametrize("target", ["test", "check"])
def test_what_every_commit_has_to_pass_is_what_continuous_integration_runs(target):
    assert re.search(rf"make (--\S+ )*{target}\b", (PROJECT / ".ci" / "run").read_text())
