"""A page that is kept as one file is the same bytes for everybody and lets nothing in or out."""

import base64
import hashlib
import re

import pytest

from tenders import single_file as module
from tenders.single_file import bundle, single_file, single_script


@pytest.fixture
def sources(monkeypatch):
    """Sources by name instead of those below static/."""
    given: dict[str, str] = {}
    monkeypatch.setattr(module, "_source", given.__getitem__)
    return given


def page(**more):
    return single_file(title="A <page>", body="<main></main>", entry="js/a.js", **more)


def test_the_same_sources_give_the_same_bytes(sources):
    sources |= {"js/a.js": 'export const one = "一";', "css/a.css": "main { color: red }"}
    first, second = page(styles=["css/a.css"]), page(styles=["css/a.css"])
    assert first.content == second.content
    assert first.sha256 == hashlib.sha256(second.content).hexdigest()


def test_the_policy_allows_exactly_the_script_and_the_style_that_are_inside(sources):
    sources |= {"js/a.js": "const one = 1;", "css/a.css": "main { color: red }"}
    text = page(styles=["css/a.css"]).content.decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    for element, directive in (("style", "style-src"), ("script", "script-src")):
        inside = re.search(rf"<{element}(?: type=\"module\")?>(.*?)</{element}>", text, re.DOTALL)[1]
        assert (
            directives[directive] == f"'sha256-{base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()}'"
        )
    closed = {directives[name] for name in ("default-src", "connect-src", "form-action", "base-uri")}
    assert closed == {"'none'"}


def test_imported_modules_come_first_each_once_and_in_a_scope_of_its_own(sources):
    sources |= {
        "js/a.js": 'import { b, twice as double } from "./b.js";\nimport { c } from "./parts/c.js";\nuse(b);',
        "js/b.js": 'import {\n  c,\n} from "./parts/c.js";\nexport const b = c;\nexport function twice() {}',
        "js/parts/c.js": "export const c = 1;\nexport class D {}\nexport async function e() {}",
    }
    code = bundle("js/a.js")
    order = re.findall(r"^const (\$\w+) = \(\(\)", code, re.MULTILINE)
    assert order == ["$js_parts_c_js", "$js_b_js", "$js_a_js"]
    assert "const { b, twice: double } = $js_b_js;" in code
    assert "return { c, D, e };" in code
    assert not re.search(r"^(import|export) ", code, re.MULTILINE)


@pytest.mark.parametrize(
    "source",
    [
        "export default 1;",
        "const found = await ask();",
        "if (ready) await begin();",
        'import all from "./b.js";',
        'import * as all from "./b.js";',
        'const b = await import("./b.js");',
        "export let changing = 1;",
        'export * from "./b.js";',
        'import { a } from "./a.js";',
        'const end = "</script>";',
        "const comment = '<!--';",
    ],
)
def test_what_cannot_be_inlined_as_it_stands_is_refused(sources, source):
    sources["js/a.js"] = source
    with pytest.raises(ValueError, match=r"js/a\.js|<script>"):
        page()


def test_what_is_passed_on_is_exported_under_its_new_name(sources):
    sources |= {
        "js/a.js": 'import { seal, two } from "./b.js";',
        "js/b.js": 'export {\n  one as two,\n  seal,\n} from "./b/c.js";',
        "js/b/c.js": "export const one = 1;\nexport const seal = 2;",
    }
    code = bundle("js/a.js")
    assert "return { two, seal };" in code
    assert "one: two" in code


def test_data_cannot_end_its_block_and_a_title_cannot_be_markup(sources):
    sources["js/a.js"] = ""
    text = page(data={"words": {"bad": "</script><script>alert(1)</script>"}}).content.decode()
    assert "alert(1)</script>" not in text
    assert "<title>A &lt;page&gt;</title>" in text


def test_a_name_that_is_not_below_static_is_refused():
    with pytest.raises(ValueError, match="nowhere"):
        bundle("js/nowhere.js")


def test_the_sealing_module_can_be_inlined():
    assert "openWithSeed" in bundle("js/sealing.js")


def test_a_module_imported_for_what_it_does_runs_first_and_gives_no_name(sources):
    sources |= {"js/a.js": 'import "./b.js";\nuse();', "js/b.js": "listen();"}
    code = bundle("js/a.js")
    assert code.index("listen();") < code.index("use();")
    assert not re.search(r"^import ", code, re.MULTILINE)


def test_a_script_is_recognised_by_what_browsers_compare(sources):
    sources["js/a.js"] = "act();"
    script = single_script("js/a.js")
    digest = hashlib.sha256(script.content).digest()
    assert (script.sha256, script.integrity) == (digest.hex(), f"sha256-{base64.b64encode(digest).decode()}")
