"""The second wall: policies of the database on single rows, declared on models and raised for all rooms at once.

    class Bid(models.Model):
        policies = (seen(f"{OWN} OR {CLOSED}"), written(OWN))

The first wall is ``visible_to``, which a query can forget. Behind it the database itself shows the web role, and
lets it write, only rows that a policy of their table allows for whom the session acts (``core.acting``); what no
policy allows is refused. Policies are written anew after every migration, like the grants. The owner of the tables
is not held by them: it migrates, makes the demo and checks the trail; web processes and workers are the other role.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import AppConfig, apps
from django.db import connections, transaction
from django.db.models import Model

# Rows that carry an audience (public, agency, named) and the organisations that it names.
TOLD = "is_told(audience, organisations)"

_WALLED = "SELECT relname FROM pg_class WHERE relrowsecurity AND relkind IN ('r', 'p') AND NOT relispartition"
_IN_PLACE = "SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'"


@dataclass(frozen=True)
class Policy:
    """Which command it allows, for which rows: those that are there (``using``), and those that are to be there."""

    name: str
    command: str
    using: str = ""
    check: str = ""

    def sql(self, table: str) -> str:
        """The statement that puts it on a table."""
        using = f" USING ({self.using})" if self.using else ""
        check = f" WITH CHECK ({self.check})" if self.check else ""
        return f"CREATE POLICY {self.name} ON {table} FOR {self.command}{using}{check}"


def seen(rows: str) -> Policy:
    """Which rows are shown."""
    return Policy("seen", "SELECT", using=rows)


def written(rows: str) -> Policy:
    """Which rows may be put there."""
    return Policy("written", "INSERT", check=rows)


def changed(rows: str) -> Policy:
    """Which rows may be changed, or locked, which counts as a change. They stay such rows."""
    return Policy("changed", "UPDATE", using=rows)


def removed(rows: str) -> Policy:
    """Which rows may be removed."""
    return Policy("removed", "DELETE", using=rows)


def kept(rows: str) -> Policy:
    """Which rows are shown, and may be written, changed and removed."""
    return Policy("kept", "ALL", using=rows)


def walled_models() -> Iterator[type[Model]]:
    """Every model whose rows are behind the wall."""
    return (model for model in apps.get_models() if policies_of(model))


def policies_of(model: type[Model]) -> tuple[Policy, ...]:
    """The policies that a model declares."""
    return getattr(model, "policies", ())


def raise_wall(sender: AppConfig, using: str, **kwargs: object) -> None:
    """Write the policies of all rooms, in one transaction. Whatever was there before, by hand too, goes first."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        walled = {model._meta.db_table: model for model in walled_models() if model._meta.db_table in existing}
        cursor.execute(_IN_PLACE)
        for table, name in cursor.fetchall():
            cursor.execute(f'DROP POLICY "{name}" ON "{table}"')
        cursor.execute(_WALLED)
        for (table,) in cursor.fetchall():
            if table not in walled:
                cursor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
        for table, model in walled.items():
            cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            for policy in policies_of(model):
                cursor.execute(policy.sql(table))
