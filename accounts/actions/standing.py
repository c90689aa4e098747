"""That an organisation is there and may begin something, and stays so until the act is done."""

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.models.organisations import Restriction
from core.errors import Refused

# Held as it is: whoever lets it end changes the row, and waits. New rows may point at it meanwhile.
_HOLD = "SELECT name, ended_on, restriction FROM accounts_organisation WHERE id = ANY(%s) ORDER BY id FOR SHARE"


def require_standing(*organisations: Organisation, field: str = "") -> None:
    """Hold organisations until commit, so that none of them ends meanwhile; Refused where one has ended. To be asked
    by every act that begins something for them, before it locks anything else."""
    _refuse_ended(_held(organisations), field)


def require_unrestricted(*organisations: Organisation, field: str = "") -> None:
    """The same, and that the agency has neither suspended nor removed any of them. To be asked by every act that begins
    a trade: a bid, an order, the right to offer or to deliver. What is open goes on."""
    _refuse(_held(organisations), field)


def require_trading(*organisations: Organisation, field: str = "") -> None:
    """The same of whoever stands in the place of organisations by now, without holding them: for what passes to a
    successor of itself, as an order does, whose own locks say whether it comes before the succession or after it."""
    heirs = Organisation.objects.heirs(one.pk for one in organisations)
    now = Organisation.objects.filter(pk__in=heirs.values()).order_by("pk")
    _refuse(list(now.values_list("name", "ended_on", "restriction")), field)


def _refuse(held: Sequence[tuple[str, date | None, str]], field: str) -> None:
    _refuse_ended(held, field)
    for name, _ended_on, restriction in held:
        if restriction:
            message = _("%(name)s is %(restriction)s and begins nothing new. Ask the procurement agency.")
            word = Restriction(restriction).label
            raise Refused(message % {"name": name, "restriction": word}, field=field, code="restricted")


def _held(organisations: Sequence[Organisation]) -> list[tuple[str, date | None, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [sorted({one.pk for one in organisations})])
        return cursor.fetchall()


def _refuse_ended(held: Sequence[tuple[str, date | None, str]], field: str) -> None:
    ended = [name for name, ended_on, _restriction in held if ended_on]
    if ended:
        raise Refused(_("%(name)s has ended.") % {"name": ended[0]}, field=field, code="ended")
