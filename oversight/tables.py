"""The list of this room."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.tables import Column, Empty, Table
from oversight.models import TrailHead


def head_url(head: TrailHead) -> str:
    return reverse("oversight:head-document", args=[head.sha256])


class HeadTable(Table):
    name = "trail-heads"
    caption = _("Heads of the trail")
    key = "pk"
    default_sort = "-signed"
    columns = (
        Column("signed", _("Signed"), value="signed_at", kind="instant", sort="signed_at"),
        Column("hash", _("Hash of the last link"), kind="hash"),
        Column("document", _("Document"), value="sha256", kind="hash", url=head_url),
    )
    empty = Empty(_("No head yet"), _("The first is signed within ten minutes of the first act."))
