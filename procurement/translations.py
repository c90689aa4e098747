"""Collects, checks and compiles the translations, without the gettext programs.

The strings of Python modules and templates are English; `locale/<language>/LC_MESSAGES/django.po` holds each
other language. Compiled `.mo` files are made at every start and are not kept in version control.
"""

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

ROOMS = (
    *("selection", "checking"),
    *("core", "accounts", "catalogue", "demand", "tenders", "awards", "contracts", "payments"),
    *("oversight", "procurement"),
)
# Each function's arguments that hold text: (context, singular, plural), as positions.
_FUNCTIONS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
}
_CALL = re.compile(r"\b(_|n?p?gettext)\((?=u?[\"'])")
_PLACEHOLDER = re.compile(r"%\(\w+\)\w|\{\w*\}")


@dataclass(frozen=True)
class Message:
    """One string to translate, and the file where it stands."""

    singular: str
    plural: str | None
    context: str | None
    file: str

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.singular


def messages(root: Path) -> dict[tuple[str | None, str], Message]:
    """All strings of the rooms' modules and of the templates below a folder, the first place of each."""
    found: dict[tuple[str | None, str], Message] = {}
    for path in _sources(root):
        name = path.relative_to(root).as_posix()
        text = path.read_text()
        for call in _python_calls(text) if path.suffix == ".py" else _template_calls(text, name):
            message = _message(call, name)
            if message and message.singular:
                found.setdefault(message.key, message)
    return found


def _sources(root: Path) -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted(path for path in (root / room).rglob("*.py") if "migrations" not in path.parts)
        yield from sorted((root / room).rglob("templates/**/*.html"))
    for suffix in ("html", "txt"):
        yield from sorted((root / "templates").rglob(f"*.{suffix}"))


def _python_calls(text: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))


def _template_calls(text: str, name: str) -> Iterator[ast.Call]:
    """Django rewrites a template into lines with calls of gettext; each call is parsed for itself."""
    rewritten = templatize(text, origin=name)
    for start in _CALL.finditer(rewritten):
        for end in re.compile(r"\)").finditer(rewritten, start.end()):
            try:
                call = ast.parse(rewritten[start.start() : end.end()], mode="eval").body
            except SyntaxError:  # a bracket inside the text
                continue
            if isinstance(call, ast.Call):
                yield call
            break


def _message(call: ast.Call, file: str) -> Message | None:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name not in _FUNCTIONS:
        return None
    texts = []
    for position in _FUNCTIONS[name]:
        argument = call.args[position] if position is not None and position < len(call.args) else None
        texts.append(argument.value if isinstance(argument, ast.Constant) else None)
    context, singular, plural = texts
    return Message(singular, plural, context, file) if isinstance(singular, str) else None


def catalogues(root: Path) -> list[Path]:
    """The file of each language other than that of the source."""
    locales = [to_locale(code) for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return [root / "locale" / locale / "LC_MESSAGES" / "django.po" for locale in locales]


def collect(root: Path) -> None:
    """Bring the catalogues up to date: new strings arrive empty, translations stay, unused strings go."""
    wanted = messages(root)
    for path in catalogues(root):
        known = {(entry.msgctxt, entry.msgid): entry for entry in _read(path)}
        catalogue = polib.POFile(wrapwidth=110)
        catalogue.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Language": path.parent.parent.name,
            "Plural-Forms": "nplurals=1; plural=0;",
        }
        for key, message in sorted(wanted.items(), key=lambda pair: (pair[1].file, pair[0][1], pair[0][0] or "")):
            catalogue.append(_entry(message, known.get(key)))
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))


def _entry(message: Message, known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.singular, msgctxt=message.context, occurrences=[(message.file, "")])
    if message.plural is None:
        entry.msgstr = known.msgstr if known else ""
    else:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = {0: (known.msgstr_plural.get(0, "") if known else "")}
    return entry


def problems(root: Path) -> list[str]:
    """What keeps the translations from being complete, one sentence each."""
    wanted = messages(root)
    found = []
    for path in catalogues(root):
        language, known = path.parent.parent.name, {}
        for entry in _read(path):
            known[entry.msgctxt, entry.msgid] = entry
            if entry.fuzzy or not (entry.msgstr or entry.msgstr_plural.get(0)):
                found.append(f"{language}: not translated: {entry.msgid!r}")
            elif not _same_placeholders(entry):
                found.append(f"{language}: other placeholders than the English: {entry.msgid!r}")
        found += [
            f"{language}: not collected: {m.singular!r} in {m.file}" for m in wanted.values() if m.key not in known
        ]
        found += [f"{language}: no longer used: {singular!r}" for (_, singular) in known.keys() - wanted.keys()]
    return found


def _same_placeholders(entry: polib.POEntry) -> bool:
    """Every placeholder of a translation must exist in the source; a plural may leave the number out."""
    source = set(_PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
    translated = set(_PLACEHOLDER.findall(entry.msgstr or entry.msgstr_plural[0]))
    return translated <= source if entry.msgid_plural else translated == source


def compile_all(root: Path = settings.BASE_DIR) -> None:
    """Write the compiled form of each catalogue that is newer than it, whole or not at all."""
    for path in catalogues(root):
        compiled = path.with_suffix(".mo")
        if not path.exists() or (compiled.exists() and compiled.stat().st_mtime > path.stat().st_mtime):
            continue
        draft = compiled.with_name(f"{compiled.name}.{os.getpid()}")
        _read(path).save_as_mofile(str(draft))
        draft.replace(compiled)


def _read(path: Path) -> polib.POFile:
    return polib.pofile(str(path)) if path.exists() else polib.POFile()
