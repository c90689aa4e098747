from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "procurement"

    def ready(self) -> None:
        # Whoever queues a task needs to know the broker. Not in the package itself, which commands that need
        # no Django import too.
        from procurement import celery  # noqa: F401 - loading it makes its broker that of all tasks
