"""Addresses of the whole platform: one line a room."""

from django.conf import settings
from django.urls import include, path
from django.views.i18n import set_language

from accounts.access import public
from core import skins, styleguide
from procurement import health, views

handler400 = "core.skins.answer_malformed"
handler500 = "core.skins.answer_failure"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("notices/<str:reference>/record/", views.record, name="record"),
    path("trail/events/", views.events, name="events"),
    path("working-days/", views.working_days, name="working-days"),
    path("filings/<str:reference>/confirm/", views.confirm_filing, name="confirm-filing"),
    path("", include("accounts.urls")),
    path("", include("catalogue.urls")),
    path("", include("demand.urls")),
    path("", include("tenders.urls")),
    path("", include("awards.urls")),
    path("", include("contracts.urls")),
    path("", include("payments.urls")),
    path("", include("oversight.urls")),
    path("language/", public(set_language), name="set_language"),
    path("api/schema/", views.api_schema, name="api-schema"),
    path("api/reference/", views.api_reference, name="api-reference"),
    path("api/v1/", include("procurement.api")),
    path("api/v1/", include("accounts.api")),
    path("api/v1/", include("catalogue.api")),
    path("api/v1/", include("demand.api")),
    path("api/v1/", include("tenders.api")),
    path("api/v1/", include("awards.api")),
    path("api/v1/", include("contracts.api")),
    path("api/v1/", include("payments.api")),
    path("api/v1/", include("oversight.api")),
    path("api/", public(skins.answer_unknown), name="api"),
    path("api/<path:rest>", public(skins.answer_unknown), name="api-unknown"),
    path("healthz", public(health.healthz), name="healthz"),
]

if settings.DEBUG:
    urlpatterns.append(path("styleguide/", public(styleguide.index), name="styleguide"))
