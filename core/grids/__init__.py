"""Forms of many lines: typed cell by cell, pasted from a spreadsheet program, or read from an uploaded file.

class ConfirmRow(GridRow):                      # what is typed of one line
    packs = forms.IntegerField(label=_("Packs"), min_value=0)

class ConfirmForm(Grid):                        # all lines, and the fields beside them
    row = ConfirmRow

form = ConfirmForm(lines, request.POST or None, request.FILES, draft="confirm-order/O-7")
if core.skins.fill_in(request, form, act): …    # refusals go to the row and field that they are about
{% include "_components/grid.html" with grid=form %}
"""

from core.grids.forms import Grid, GridRow, GrowingGrid
from core.grids.sheets import Written

__all__ = ["Grid", "GridRow", "GrowingGrid", "Written"]
