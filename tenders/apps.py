from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class TendersConfig(AppConfig):
    name = "tenders"

    def ready(self) -> None:
        post_migrate.connect(_install_rule_sets, sender=self, dispatch_uid="tenders.install_rule_sets")


def _install_rule_sets(sender: AppConfig, using: str, **kwargs: Any) -> None:
    from core.clock import database_clock
    from tenders.actions.rule_sets import install_rule_sets
    from tenders.models import RuleSet

    if RuleSet._meta.db_table in connections[using].introspection.table_names():
        install_rule_sets(now=database_clock())
