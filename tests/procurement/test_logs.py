"""Who reads the logs learns what failed, and neither which bids there are nor whose they are."""

import io
import logging
from contextlib import contextmanager

from django.urls import reverse

from procurement.logs import WithoutValues
from tests.tenders.bids import a_bid, signed_in
from tests.tenders.stage import published_tender


@contextmanager
def everything_said():
    """What the log says meanwhile, as the settings have it said."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(WithoutValues())
    logging.getLogger().addHandler(handler)
    try:
        yield handler.stream
    finally:
        logging.getLogger().removeHandler(handler)


def test_requests_that_fail_are_told_by_their_pattern(client, world):
    stage = published_tender(world)
    bid = a_bid(stage)
    own, api = reverse("tenders:bid", args=[bid.reference]), reverse("api-submit-bid", args=[bid.reference])
    with everything_said() as log:
        client.post(api, "{", content_type="application/json")
        signed_in(client, stage.suppliers[1])
        client.get(own)
        client.get(f"{own}x/y/")
        signed_in(client, bid.prepared_by)
        client.post(api, {}, content_type="application/json", headers={"Idempotency-Key": "wrong-one"})
        client.handler.enforce_csrf_checks = True
        client.post(reverse("tenders:withdraw-bid", args=[bid.reference]))
    said = log.getvalue()
    for told in (
        "Unauthorized",
        "Not Found: bids/<str:reference>/",
        "Not Found: ?",
        "Bad Request: api/v1/bids/",
        "Forbidden",
    ):
        assert told in said
    assert bid.reference not in said
    assert bid.supplier.credit_code not in said
