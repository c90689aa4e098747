from django.apps import AppConfig
from django.db.backends.signals import connection_created


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts.acting import say_again

        connection_created.connect(say_again, dispatch_uid="accounts.say_again")
