"""`manage.py seed_demo`: fills an empty database with the demo and leaves its accounts in var/demo.json."""

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from procurement.demo import make_demo


class Command(BaseCommand):
    help = "Makes the demo in an empty database, in one piece or not at all."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("this installation is no demo (DEMO is off): nothing was touched")
        if Organisation.objects.exists():
            raise CommandError("there are organisations already: nothing was touched")
        # Before the commit, so that there is never a demo that nobody can enter.
        with transaction.atomic():
            made = make_demo(timezone.now())
            self._keep_keys(settings.VAR / "demo-keys", made.pop("keys"))
            self._write(settings.VAR / "demo.json", json.dumps(made, ensure_ascii=False).encode())

    def _keep_keys(self, folder: Path, keys: dict[str, tuple[bytes, str]]) -> None:
        """Key files of the demo's openers with their codes, so that a visitor can play an opener."""
        folder.mkdir(exist_ok=True)
        for name, (file, _code) in keys.items():
            self._write(folder / name, file)
        codes = "\n".join(f"{name}  {code}" for name, (_file, code) in keys.items())
        self._write(folder / "codes.txt", f"{codes}\n".encode())

    def _write(self, path: Path, content: bytes) -> None:
        """Readable by the operator alone, and never half written."""
        draft = path.with_suffix(".new")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
        draft.replace(path)
