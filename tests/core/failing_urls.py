"""The platform's addresses, and some where the database fails in the middle of the request."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from procurement.urls import handler500
from procurement.urls import urlpatterns as platform

__all__ = ["handler500", "urlpatterns"]
STATEMENTS = {
    "cut-off": "SELECT pg_terminate_backend(pg_backend_pid())",
    "too-slow": "SET LOCAL statement_timeout = '1ms'; SELECT pg_sleep(1)",
    "our-mistake": "SELECT nothing FROM nowhere",
}


def fail(request: HttpRequest, how: str) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[how])
    raise AssertionError("the statement did not fail")


class Fail(APIView):
    authentication_classes = ()
    permission_classes = ()

    def post(self, request: Request, how: str) -> Response:
        return fail(request, how)


urlpatterns = [path("fail/<str:how>/", fail), path("api/v1/fail/<str:how>/", Fail.as_view()), *platform]
