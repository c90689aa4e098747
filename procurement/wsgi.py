"""What the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procurement.settings")

application = get_wsgi_application()

from django.urls import reverse  # noqa: E402 — needs the settings that were just loaded

from procurement.celery import app  # noqa: E402 — as above

# Tasks are queued by name. Left to the first request, two threads would look for them at once, and one in vain.
app.loader.import_default_modules()

# Looking for one address loads the code of all pages, before workers are forked from this process: one that takes a
# dead worker's place then answers at once.
reverse("home")
