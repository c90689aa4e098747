"""The line of imports, and what an import contract cannot see: relations and addresses."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from tests.guards.house import PROJECT, ROOMS, models, modules, templates, tree, where

# Room of a template folder: procurement composes, so its pages and the shared parts may name every room.
URL_NAME = re.compile(r"""{%\s*url\s+["']([a-z_]+):""")
ICON = re.compile(r"""{% icon "([\w-]+)"|icon_name="([\w-]+)"|NavEntry\(_\([^)]*\), reverse\([^)]*\), "([\w-]+)\"""")
LIMIT_LINES = {".py": 500, ".html": 150}
WIDEST = 160


def test_imports_go_to_the_left_only():
    """Run the import contract, which also keeps rules pure."""
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_querysets_import_no_models_because_models_import_them():
    circles = [
        where(path, node.lineno)
        for path in modules()
        if path.stem == "querysets"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".models") and "django" not in node.module
    ]
    assert circles == []


def test_a_relation_into_another_room_leaves_no_name_there():
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
        if field.related_model._meta.app_label in ROOMS
        if field.related_model._meta.app_label != model._meta.app_label
        if not str(field.remote_field.related_name).endswith("+")
    ]
    assert wrong == []


def test_a_template_names_only_addresses_of_its_own_room_and_of_rooms_to_its_left():
    wrong = []
    for path in templates():
        folder = path.relative_to(PROJECT / "templates").parts[0]
        if folder not in ROOMS:
            continue
        allowed = ROOMS[: ROOMS.index(folder) + 1]
        wrong += [f"{path.name}: {name}" for name in URL_NAME.findall(path.read_text()) if name not in allowed]
    assert wrong == []


def test_shared_templates_name_no_room():
    shared = [path for path in templates() if path.relative_to(PROJECT / "templates").parts[0] not in ROOMS]
    assert shared
    assert [path.name for path in shared if URL_NAME.search(path.read_text())] == []


def test_every_icon_that_is_named_is_drawn():
    drawn = set(re.findall(r'id="([\w-]+)"', (PROJECT / "static/img/icons.svg").read_text()))
    sources = [*templates(), *(path for path in modules() if path.name == "shell.py")]
    named = {name for path in sources for found in ICON.findall(path.read_text()) for name in found if name}
    assert len(named) > 30
    assert named - drawn == set()


def test_no_module_and_no_template_outgrows_its_limit():
    long = []
    for path in [*modules(), *templates()]:
        lines = len(path.read_text().splitlines())
        if lines > LIMIT_LINES.get(path.suffix, 150):
            long.append(where(path, lines))
    assert long == []


def test_no_template_is_wider_than_a_reader_sees():
    wide = [
        where(path, number)
        for path in templates()
        if path.suffix == ".html"
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > WIDEST
    ]
    assert wide == []


def test_no_function_has_more_than_seven_parameters_and_no_view_more_than_fifteen_lines():
    wrong = []
    for path in modules():
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.FunctionDef):
                continue
            parameters = [a for a in (*node.args.args, *node.args.kwonlyargs) if a.arg not in ("self", "cls")]
            lines = (node.end_lineno or 0) - node.body[0].lineno + 1
            in_views = path.name == "views.py" or "views" in path.parts
            is_view = in_views and [a.arg for a in node.args.args[:1]] == ["request"]
            if len(parameters) > 7 or (is_view and lines > 15):
                wrong.append(f"{where(path, node.lineno)} {node.name}: {len(parameters)} parameters, {lines} lines")
    assert wrong == []


def test_a_form_that_only_a_program_acts_on_is_served_shut():
    """Pressed before its program stands it would be sent as a page, and what was typed be lost."""
    pressed_early = [
        where(path, text.count("\n", 0, form.start()) + 1)
        for path in templates()
        for text in [path.read_text()]
        for form in re.finditer(r"<form\b([^>]*)>(.*?)</form>", text, re.S)
        if not re.search(r"\b(method|action)=|role=\"search\"|\bdata-part=", form[1])
        for button in re.findall(r"<button\b[^>]*>", form[2])
        if 'type="button"' not in button and not re.search(r"\bdisabled\b", button)
    ]
    assert pressed_early == []
