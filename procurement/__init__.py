"""The Django project: settings, addresses, background work, and the command that runs everything here."""

from procurement.celery import app as celery_app

__all__ = ["celery_app"]
