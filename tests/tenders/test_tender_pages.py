"""The pages of demand and preparation, as each role walks through them."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.tenders.stage import draft_tender, published_tender

BACKEND = "django.contrib.auth.backends.ModelBackend"


def client_of(seat) -> Client:
    client = Client()
    client.force_login(seat.person, backend=BACKEND)
    return client


@pytest.fixture
def draft(world):
    return draft_tender(world)


OFFICERS_PAGES = ("tender", "people", "change-tender", "set-lots", "set-schedule", "set-criteria", "name-opener",
                  "name-evaluator", "publish-tender", "cancel-tender")  # fmt: skip


@pytest.mark.parametrize("page", OFFICERS_PAGES)
def test_an_officer_reads_every_page_of_the_draft(draft, page):
    answer = client_of(draft.officer).get(reverse(f"tenders:{page}", args=[draft.tender.reference]))
    assert answer.status_code == 200
    assert draft.tender.reference in answer.content.decode()
