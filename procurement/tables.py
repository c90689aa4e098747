"""Lists of the whole platform."""

from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table


class HitTable(Table):
    name = "hits"
    caption = _("Found things")
    exports = ()
    columns = (
        Column("title", _("Name"), url="url"),
        Column("reference", _("Number"), kind="reference"),
        Column("detail", _("Of whom")),
    )
