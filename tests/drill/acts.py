"""`python -m tests.drill.acts HOW-OFTEN MINUTES`: what people do meanwhile, in the installation of the environment.

So often an order is placed and a bid handed in anew; then the trail is signed, dated so many minutes ago, and its head
sent, as the worker does every ten minutes. Prints as JSON what the hospital and the bidder keep.
"""

import json
import sys
from datetime import datetime, timedelta
from uuid import uuid4

import django


def order(now: datetime) -> str:
    """Place an order of one pack; returns its reference."""
    from accounts.models import Seat
    from accounts.permissions import Permission
    from contracts.actions import OrderRow, place_order
    from contracts.models import AgreedVolume
    from core.acting import acting_for
    from core.clock import legal_date

    today = legal_date(now)
    volumes = AgreedVolume.objects.orderable(today).filter(line__is_set=False)
    volume = volumes.select_related("line__contract").order_by("pk")[0]
    buyer = Seat.objects.that_may(Permission.PLACE_ORDER, [volume.hospital_id], today)[0]
    row = OrderRow(volume.line.number, 1, volume.line.products.order_by("number")[0].number)
    with acting_for(buyer.acting):
        return place_order(contract=volume.line.contract, rows=[row], by=buyer, now=now).reference


def bid(now: datetime) -> str:
    """Hand in the next version of a bid in a tender that is open; returns the receipt that its bidder keeps."""
    from accounts.models import Seat
    from core.acting import acting_for
    from tenders.actions.bidding import submit_bid
    from tenders.models import Bid
    from tests.tenders.bids import sealed

    for bidder in Seat.objects.with_role("bid_manager").order_by("pk"):
        with acting_for(bidder.acting):
            own = Bid.objects.filter(prepared_by=bidder, tender__status="published", tender__deadline__gt=now)
            if one := own.select_related("lot__tender", "supplier").order_by("pk").first():
                submission = sealed(one, "700.00", key=uuid4().hex)
                return bytes(submit_bid(bid=one, submission=submission, by=bidder, now=now).document).decode()
    raise LookupError("nobody bids in a tender that is open")


def sign(now: datetime) -> None:
    from core.tasks import sweep
    from oversight.actions import sign_head

    sign_head(now=now)
    sweep()


def main(often: int, minutes: int) -> None:
    django.setup()
    from django.utils import timezone

    orders, receipts = [], []
    for _turn in range(often):
        orders.append(order(timezone.now()))
        receipts.append(bid(timezone.now()))
    sign(timezone.now() - timedelta(minutes=minutes))
    json.dump({"orders": orders, "receipts": receipts}, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
