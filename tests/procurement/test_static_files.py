"""The built static files hold together: every module finds what it imports, under the names that are left."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

IMPORT = re.compile(r"""(?:from|import)\s*\(?["'](\.{1,2}/[^"']+)["']""")


@pytest.fixture
def built(tmp_path, settings):
    """What the start of an installation builds: hashed names only."""
    backend = {"BACKEND": "procurement.static_files.BuiltStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": backend}
    settings.STATIC_ROOT = tmp_path
    ignored = ["rest_framework", "admin"]
    call_command("collectstatic", interactive=False, clear=True, ignore_patterns=ignored, verbosity=0)
    return tmp_path


def imports_of(module: Path) -> list[str]:
    return IMPORT.findall(module.read_text(encoding="utf-8"))


def test_a_built_module_imports_names_that_exist_and_no_others(built):
    modules = list((built / "js").rglob("*.js"))
    imported = {(module, target) for module in modules for target in imports_of(module)}
    assert imported
    assert [one for one in imported if not (one[0].parent / one[1]).exists()] == []
    assert all(re.fullmatch(r"\.{1,2}/[\w/]+\.[0-9a-f]{12}\.js", target) for _module, target in imported)


def test_only_hashed_names_are_left(built):
    assert [path.name for path in (built / "js").rglob("*.js") if not re.search(r"\.[0-9a-f]{12}\.", path.name)] == []
