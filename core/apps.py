from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core.acting import say_again
        from core.grants import grant_web_role
        from core.partitions import guard_partitions
        from core.unseen import refuse_in_forms
        from core.wall import raise_wall

        refuse_in_forms()
        post_migrate.connect(grant_web_role, sender=self, dispatch_uid="core.grant_web_role")
        post_migrate.connect(raise_wall, sender=self, dispatch_uid="core.raise_wall")
        post_migrate.connect(guard_partitions, sender=self, dispatch_uid="core.guard_partitions")
        connection_created.connect(say_again, dispatch_uid="core.say_again")
