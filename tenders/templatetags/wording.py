"""``{{ criterion.title|worded }}``: a usual criterion in the reader's language."""

from django import template

from tenders.wording import shown

register = template.Library()
register.filter("worded", shown)
