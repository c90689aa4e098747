"""`manage.py prepare`: all that must have happened before the first request, any number of times."""

import time

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from accounts.models import Organisation
from procurement import translations


class Command(BaseCommand):
    help = "Compiles translations, gathers static files, migrates, adds announced holidays, makes a missing demo."

    def handle(self, *args: object, **options: object) -> None:
        translations.compile_all()
        call_command("collectstatic", interactive=False, clear=True, ignore_patterns=["rest_framework"], verbosity=0)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("seed_calendar", stdout=self.stdout)
        if settings.DEMO and "seed_demo" in get_commands() and not Organisation.objects.exists():
            self.stdout.write("  making the demo data (once, under a minute)")
            start = time.monotonic()
            call_command("seed_demo")
            self.stdout.write(f"  made the demo data in {time.monotonic() - start:.0f} s")
