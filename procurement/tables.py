"""Lists of the whole platform."""

from django.utils.translation import gettext_lazy as _

from core.tables import Column, Empty, Table
from procurement.searching import KINDS


class HitTable(Table):
    name = "hits"
    caption = _("Found things")
    exports = ()
    columns = (
        Column("title", _("Name"), url="url"),
        Column("kind", _("What it is"), value=lambda hit: KINDS[hit.kind]),
        Column("reference", _("Number"), kind="reference"),
        Column("detail", _("Of whom")),
    )
    empty = Empty(
        title=_("Nothing was found"),
        text=_("Every word has to stand in the name, its pinyin or initials, a number or a code."),
    )
