"""The platform's addresses, and one that refuses as it is told."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from core.errors import Conflict, Denied, Fault, Refused
from procurement.urls import urlpatterns as platform

REFUSALS = {
    "denied": Denied("pay"),
    "conflict": Conflict("Someone else was first."),
    "refused": Refused("The tender is not complete.", faults=[Fault("no lot"), Fault("no <b>price</b>", "price", 3)]),
}


def refuse(request: HttpRequest, how: str) -> HttpResponse:
    raise REFUSALS[how]


urlpatterns = [*platform, path("refuse/<str:how>/", refuse)]
