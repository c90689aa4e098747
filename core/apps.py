from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core.grants import grant_web_role

        post_migrate.connect(grant_web_role, sender=self, dispatch_uid="core.grant_web_role")
