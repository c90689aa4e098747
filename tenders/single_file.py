"""One HTML file out of a page, its styles and its modules: it runs from a disk, and nothing can be added to it.

A page on which people trust the code more than the server is also given away as a file: whoever keeps it keeps
the very program whose SHA-256 stands elsewhere. Its own content policy lets nothing run or load but what was
inlined here, and lets nothing out: no connection, no form, no picture from anywhere.

    page = single_file(title="Check a tender", body=html, entry="js/check_page.js", styles=["css/tokens.css"])
    page.content, page.sha256

What an ordinary page must not be given in parts is one script of the same making, which a browser holds against
its hash before it runs a line of it:

    script = single_script("js/bidding/page.js")
    <script type="module" src="…" integrity="{{ script.integrity }}">

The same sources give the same bytes. Modules are our own and are written so that they can be put one after
another: `import { a, b as c } from "./other.js";`, `import "./other.js";` or `export { a } from "./other.js";` on
lines of their own, and `export` before a `const`, `function` or `class`. Anything else (a default export, a cycle,
a dynamic import, an `await` outside a function) is refused here rather than at midnight.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from django.contrib.staticfiles import finders
from django.utils.html import escape, json_script

_IMPORT = re.compile(r'^(import|export) (?:\{([^}]*)\} from )?"(\.{1,2}/[\w./-]+\.js)";$', re.MULTILINE)
_NAME = re.compile(r"(\w+)\s*(?:,|$)")
_EXPORT = re.compile(r"^export (?=(?:const|class|function\*?|async function\*?) (\w+))", re.MULTILINE)
_LEFT_OVER = re.compile(
    r"^(?:import|export)\b|\bimport\(|\bimport\.meta\b|^(?![\s/*])(?!.*(?:=>|\bfunction\b)).*\bawait\b", re.MULTILINE
)


@dataclass(frozen=True)
class SingleFile:
    """A finished page or script: UTF-8 bytes, and the hash by which people recognise it."""

    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def integrity(self) -> str:
        """The hash as browsers read it."""
        return _digest(self.content)


def single_file(
    *,
    title: str,
    body: str,
    entry: str,
    styles: Iterable[str] = (),
    data: Mapping[str, Any] | None = None,
    language: str = "en",
) -> SingleFile:
    """One document with everything in it.

    ``body`` is trusted HTML; ``entry`` and ``styles`` are names below ``static/``, as templates write them;
    ``data`` becomes JSON blocks by their ids, which no policy has to allow because nothing runs them. Raises
    ValueError for a source that cannot be inlined as it stands.
    """
    script = _closed(bundle(entry), "script")
    style = _closed("\n".join(_source(name) for name in styles), "style")
    blocks = "\n".join(json_script(value, name) for name, value in (data or {}).items())
    content = f"""<!doctype html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy(script, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(title)}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
{body}
{blocks}
<script type="module">{script}</script>
</body>
</html>
"""
    return SingleFile(content.encode())


def single_script(entry: str) -> SingleFile:
    """A module and all that it imports as one script. Raises ValueError for a source that cannot be inlined."""
    return SingleFile(bundle(entry).encode())


def policy(script: str, style: str) -> str:
    """The content policy of a document whose only script and only style are these, as texts."""
    allowed = {
        "default-src": "'none'",
        "connect-src": "'none'",
        "script-src": _hashed(script),
        "style-src": _hashed(style),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def bundle(entry: str) -> str:
    """A module and all that it imports as one script: each in a scope of its own, imported ones first."""
    parts: dict[str, str] = {}
    _collect(entry, parts, ())
    return "\n".join(parts.values())


def _collect(name: str, parts: dict[str, str], importing: tuple[str, ...]) -> None:
    if name in importing:
        raise ValueError(f"{name} imports itself by way of {importing[-1]}")
    if name in parts:
        return
    source = _source(name)
    for match in _IMPORT.finditer(source):
        _collect(_resolved(name, match[3]), parts, (*importing, name))
    parts[name] = _scoped(name, source)


def _scoped(name: str, source: str) -> str:
    """The module as a function that is called at once and answers with what it exports."""
    passed_on = [_NAME.findall((match[2] or "").strip()) for match in _IMPORT.finditer(source) if match[1] == "export"]
    exported = [*_EXPORT.findall(source), *(each for names in passed_on for each in names)]
    code = _EXPORT.sub("", _IMPORT.sub(lambda match: _taken(name, match), source))
    if left := _LEFT_OVER.search(code):
        raise ValueError(f"{name}: {left[0]!r} in a form that is not inlined")
    return f"const {_variable(name)} = (() => {{\n{code}\nreturn {{ {', '.join(exported)} }};\n}})();"


def _taken(name: str, match: re.Match[str]) -> str:
    """An import as what it is in one script: a constant taken out of the other module's answer, or nothing."""
    if match[2] is None:
        return ""
    names = re.sub(r"\s+as\s+", ": ", match[2])
    return f"const {{{names}}} = {_variable(_resolved(name, match[3]))};"


def _resolved(name: str, target: str) -> str:
    parts: list[str] = []
    for part in (PurePosixPath(name).parent / target).parts:
        if part == "..":
            parts = parts[:-1]
        else:
            parts.append(part)
    return "/".join(parts)


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name)


def _source(name: str) -> str:
    found = finders.find(name)
    if found is None:
        raise ValueError(f"{name} is not below static/")
    return Path(found).read_text(encoding="utf-8")


def _closed(text: str, element: str) -> str:
    """A text that ends where its element ends, and not at an end tag inside it."""
    if re.search(rf"</{element}|<!--", text, re.IGNORECASE):
        raise ValueError(f"a source holds an end of its own <{element}>")
    return text


def _hashed(text: str) -> str:
    return f"'{_digest(text.encode())}'"


def _digest(content: bytes) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"
