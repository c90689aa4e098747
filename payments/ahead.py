"""What falls due on the coming days: one row a day with the sum, because a day may have thousands of payables."""

from datetime import datetime

from django.db.models import Count, F, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Seat
from accounts.permissions import Permission
from contracts.models import Payable
from core.clock import legal_date
from core.shell import Ahead, last_day_ahead
from core.templatetags.ui import money


def ahead(seat: Seat, now: datetime) -> list[Ahead]:
    """What falls due in the coming fortnight, by or to the seat's own organisation."""
    if not seat.may(Permission.READ_PAYABLES):
        return []
    today = legal_date(now)
    rows = Payable.objects.of_own(seat).unpaid().filter(due_on__range=(today, last_day_ahead(today)))
    days = rows.order_by("due_on").values("due_on")
    return [
        Ahead(
            row["due_on"],
            _("Due: %(amount)s") % {"amount": money(row["total"])},
            ngettext("%(n)s payable", "%(n)s payables", row["count"]) % {"n": row["count"]},
            f"{reverse('payments:payables')}?due_from={row['due_on']}&due_until={row['due_on']}",
            "yuan",
        )
        for row in days.annotate(total=Sum(F("amount") - F("reversed") - F("paid")), count=Count("pk"))
    ]
