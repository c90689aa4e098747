"""Filters: a usual criterion in its reader's language (``criterion.title|worded``), a ceiling with what it is for
(``lot.ceiling|as_published:lot.unit``)."""

from django import template

from tenders.presentation.ceilings import as_published
from tenders.wording import shown

register = template.Library()
register.filter("worded", shown)
register.filter("as_published", as_published)
