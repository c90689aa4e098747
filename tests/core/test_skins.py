"""A refusal reaches a person beside its field, or as a page that says why and leads back."""

import pytest
from django import forms

from core.errors import Conflict, Denied, Fault, Refused
from core.skins import attempt

REFUSING = pytest.mark.urls("tests.core.refusing_urls")


class PriceForm(forms.Form):
    price = forms.IntegerField()


def refuse(refusal):
    def act():
        raise refusal

    return act


def form(price="7"):
    return PriceForm({"price": price})


# --- Forms ------------------------------------------------------------------------------------------------
def test_an_act_that_succeeds_is_done_once():
    done = []
    assert attempt(form(), lambda: done.append(True))
    assert done == [True]


def test_an_act_is_not_tried_with_a_wrong_form():
    assert not attempt(form("seven"), refuse(AssertionError("tried")))


@pytest.mark.parametrize("error", [Refused, Conflict])
def test_a_refusal_becomes_an_error_of_the_form(error):
    filled = form()
    assert not attempt(filled, refuse(error("Too late.")))
    assert filled.errors == {"__all__": ["Too late."]}


def test_a_fault_stands_beside_its_field_and_in_its_row():
    filled = form()
    faults = [
        Fault("above the ceiling", "price"),
        Fault("unknown item", "item", 3),
        Fault("half a pack", "price", 4),
        Fault("late"),
    ]
    attempt(filled, refuse(Refused("no", faults=faults)))
    assert filled.errors == {
        "price": ["above the ceiling", "Row 4: half a pack"],
        "__all__": ["Row 3: unknown item", "late"],
    }


def test_a_denial_is_no_error_of_the_form():
    with pytest.raises(Denied):
        attempt(form(), refuse(Denied("pay")))


# --- Pages ------------------------------------------------------------------------------------------------
@REFUSING
@pytest.mark.parametrize(("how", "status"), [("denied", 403), ("conflict", 409), ("refused", 422)])
def test_a_refusal_that_no_form_caught_is_a_page(client, db, how, status):
    answer = client.post(f"/refuse/{how}/")
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")


@REFUSING
def test_the_page_says_why_with_every_fault_and_lets_no_markup_through(client, db):
    page = client.post("/refuse/refused/").content.decode()
    assert "The tender is not complete." in page
    assert "<li>no lot</li>" in page
    assert "Row 3: no &lt;b&gt;price&lt;/b&gt;" in page


@REFUSING
@pytest.mark.parametrize("referer", ["http://testserver/tenders/T-2026-0014/award/", "/tenders/"])
def test_the_page_leads_back_to_the_form(client, db, referer):
    page = client.post("/refuse/conflict/", headers={"Referer": referer}).content.decode()
    assert f'href="{referer}"' in page


@REFUSING
@pytest.mark.parametrize(
    "referer",
    [
        "https://elsewhere.example/tenders/",
        "http://testserver.elsewhere.example/",
        "http://testserver@elsewhere.example/",
        "//elsewhere.example/",
        "///elsewhere.example/",
        "http:///elsewhere.example/",
        "\\\\elsewhere.example\\",
        "javascript:alert(1)//elsewhere.example",
        "data:text/html,elsewhere.example",
        "",
    ],
)
def test_the_page_leads_nowhere_else(client, db, referer):
    page = client.post("/refuse/conflict/", headers={"Referer": referer}).content.decode()
    assert "Back to the page" not in page
    assert "elsewhere.example" not in page


@REFUSING
def test_over_https_the_way_back_is_not_over_http(client, db):
    headers = {"Referer": "http://testserver/tenders/"}
    page = client.post("/refuse/conflict/", headers=headers, secure=True).content.decode()
    assert "Back to the page" not in page


@REFUSING
def test_a_page_that_was_only_asked_for_has_no_form_to_go_back_to(client, db):
    page = client.get("/refuse/refused/", headers={"Referer": "http://testserver/tenders/"}).content.decode()
    assert "Back to the page" not in page
