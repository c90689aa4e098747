"""`manage.py translations`: brings the catalogues up to date with the source, or checks them."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from procurement import translations


class Command(BaseCommand):
    help = "Collects the strings to translate into locale/ and compiles them; --check only tells what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail unless all is translated")

    def handle(self, *args: object, check: bool, **options: object) -> None:
        if not check:
            translations.collect(settings.BASE_DIR)
            translations.compile_all()
        problems = translations.problems(settings.BASE_DIR)
        if problems and check:
            raise CommandError("\n".join(problems))
        self.stdout.write(f"{len(problems)} strings still to translate or mend")
