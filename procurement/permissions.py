"""The API's answer where an endpoint does not say whom it lets in."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class Nobody(BasePermission):
    """Refuses everybody: the default, so that an endpoint has to state its permission."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return False
