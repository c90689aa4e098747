"""That an organisation is there, and stays until the act is done."""

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import Organisation
from core.errors import Refused

# Held as it is: whoever lets it end changes the row, and waits. New rows may point at it meanwhile.
_HOLD = "SELECT name, ended_on FROM accounts_organisation WHERE id = ANY(%s) ORDER BY id FOR SHARE"


def require_standing(*organisations: Organisation, field: str = "") -> None:
    """Hold organisations until commit, so that none of them ends meanwhile; Refused where one has ended. To be asked
    by every act that begins something for them, before it locks anything else."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [sorted({one.pk for one in organisations})])
        ended = [name for name, ended_on in cursor.fetchall() if ended_on]
    if ended:
        raise Refused(_("%(name)s has ended.") % {"name": ended[0]}, field=field, code="ended")
