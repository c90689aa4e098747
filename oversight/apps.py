from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class OversightConfig(AppConfig):
    name = "oversight"

    def ready(self) -> None:
        """Nothing starts whose heads would go nowhere."""
        from oversight.rules import is_place

        if not all(is_place(place) for place in settings.TRAIL_HEADS_TO):
            raise ImproperlyConfigured(
                "TRAIL_HEADS_TO must name absolute paths, mailto: or https: addresses, separated by commas"
            )
