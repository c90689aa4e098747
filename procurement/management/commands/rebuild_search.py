"""`manage.py rebuild_search`: what search finds, made anew from the rows of the rooms."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from core.models import SearchEntry
from core.search import index
from procurement.searching import everything


class Command(BaseCommand):
    help = "Make the table that search asks anew from the rows of the rooms. Searching goes on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            SearchEntry.objects.all().delete()
            index(everything())
        self.stdout.write(f"{SearchEntry.objects.count()} things are found.")
