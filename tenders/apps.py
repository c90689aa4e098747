from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TendersConfig(AppConfig):
    name = "tenders"

    def ready(self) -> None:
        from tenders.wall import raise_wall

        post_migrate.connect(raise_wall, sender=self, dispatch_uid="tenders.raise_wall")
