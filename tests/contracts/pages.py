"""A browser without a browser: a client that sits in a seat."""

from django.test import Client

from accounts.access import SESSION_SEAT
from accounts.models import Seat


def sitting(seat: Seat) -> Client:
    client = Client()
    client.force_login(seat.person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[SESSION_SEAT] = seat.pk
    session.save()
    return client
