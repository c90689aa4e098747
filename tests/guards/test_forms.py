"""Every form takes part: none of what somebody typed is lost because a session ended, or another one began."""

import re

import pytest
from django.forms import FileField, Form, ModelChoiceField, PasswordInput, TextInput
from django.test import Client

from accounts.unsent import SECRET
from tests.guards.house import PROJECT, ROOMS, routes, templates
from tests.guards.test_routes import PUBLIC, address

MARKED = "typed-by-hand-Äß<&>漢"
HERE = {"origin": "http://testserver"}
FORM = re.compile(r"<form\b[^>]*\bmethod=.?post", re.IGNORECASE)
PAGES = [(route, pattern) for route, pattern in routes() if not route.startswith("api/")]
NOT_FORMS = {"drafts/<path:form>/", "session/", "healthz"}


def posting() -> list:
    found = [path for path in templates() if FORM.search(path.read_text())]
    assert len(found) > 12
    return found


def test_every_page_with_a_form_asks_before_it_sends():
    """``base.html`` has the script and what it says. A page that brings its own scripts sends no form by itself."""
    base = (PROJECT / "templates/base.html").read_text()
    assert "js/sending.js" in base
    assert "_components/unsent.html" in base
    alone = [path for path in templates() if "<html" in path.read_text() and path.name != "base.html"]
    assert [path.name for path in alone if FORM.search(path.read_text())] == []
    own_scripts = [
        path for path in templates() if "{% block scripts %}" in path.read_text() and path.name != "base.html"
    ]
    assert {path.name for path in own_scripts} == {"submit_bid.html", "reveal_bid.html"}
    assert set(own_scripts).isdisjoint(posting())


def test_every_form_has_the_token_of_its_session():
    assert [path.name for path in posting() if "{% csrf_token %}" not in path.read_text()] == []


def test_no_script_sends_a_form_past_the_question():
    """``form.submit()`` tells nobody; ``requestSubmit`` does."""
    scripts = list((PROJECT / "static/js").rglob("*.js"))
    assert len(scripts) > 40
    assert [path.name for path in scripts if re.search(r"\.submit\(\)", path.read_text())] == []


def kinds_of_forms(kind=Form):
    for below in kind.__subclasses__():
        yield below
        yield from kinds_of_forms(below)


def test_what_is_secret_is_known_by_its_name():
    ours = [kind for kind in kinds_of_forms() if kind.__module__.split(".")[0] not in ("django", "tests")]
    secret = {
        name
        for kind in ours
        for name, field in kind.base_fields.items()
        if isinstance(field.widget, PasswordInput) or field.widget.attrs.get("autocomplete") == "one-time-code"
    }
    assert {"code", "password"} <= secret <= SECRET
    assert not any(
        isinstance(field, FileField) for kind in ours for name, field in kind.base_fields.items() if name in SECRET
    )


@pytest.mark.parametrize("route", [route for route, _pattern in PAGES if route not in NOT_FORMS])
def test_what_a_form_sent_comes_back_when_its_session_is_gone(route, db):
    """Whatever is behind the address, and however the session ended; to another site nothing comes back."""
    sent = {"title": MARKED, "password": "open-sesame", "code": "135790", "row-1": ["a", "b"]}
    for client in (
        (Client(enforce_csrf_checks=True), Client()) if route not in PUBLIC else (Client(enforce_csrf_checks=True),)
    ):
        answer = client.post(address(route), sent, headers=HERE)
        shown = answer.content.decode()
        assert answer.status_code == 409, route
        assert 'value="typed-by-hand-Äß&lt;&amp;&gt;漢"' in shown
        assert shown.count('name="row-1"') == 2
        assert "open-sesame" not in shown
        assert "135790" not in shown
        assert "no-store" in answer.headers["Cache-Control"]
        assert not answer.cookies.get("sessionid")
        for elsewhere in ({"origin": "https://evil.test"}, {}):
            answer = client.post(address(route), sent, headers=elsewhere)
            assert answer.status_code in (302, 403), route
            assert "typed-by-hand" not in answer.content.decode()


def test_every_address_that_takes_a_form_can_be_opened():
    """Signing in again leads back to it: nothing may answer that it takes no GET."""
    code = list(PROJECT.glob("*/views/*.py")) + list(PROJECT.glob("*/views.py"))
    assert len(code) > 20
    assert [path.name for path in code if "require_POST" in path.read_text()] == []


def forms_of_rooms() -> list[type[Form]]:
    """Every form that a room declares."""
    found, waiting = [], [Form]
    while waiting:
        waiting += (subclasses := waiting.pop().__subclasses__())
        found += [form for form in subclasses if form.__module__.partition(".")[0] in ROOMS]
    return found


# What always has something: the supplier itself may deliver.
NEVER_EMPTY = {"DelivererForm.deliverer"}


def test_a_list_from_which_one_has_to_choose_says_who_comes_first_where_it_is_empty():
    silent = set()
    for form in forms_of_rooms():
        for name, field in form.base_fields.items():
            typed = isinstance(field.widget, TextInput)
            if isinstance(field, ModelChoiceField) and field.required and not typed:
                said = getattr(form, "if_empty", {}).get(name) or getattr(field, "if_empty", "")
                silent |= set() if said else {f"{form.__name__}.{name}"}
    assert silent == NEVER_EMPTY
