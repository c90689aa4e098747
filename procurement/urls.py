"""Addresses of the whole platform: one line a room."""

from django.conf import settings
from django.urls import path
from django.views.generic import RedirectView

from procurement import health

urlpatterns = [
    path("", RedirectView.as_view(url=settings.LOGIN_URL), name="home"),
    path("healthz", health.healthz, name="healthz"),
]
