"""`python -m tests.manifest`: write anew what the check of the trail holds a database's guards against.

After every change of models, migrations, rights or policies; `tests.initial_migrations` does it by itself. It is what
the migrations make of an empty database, taken from a server of its own.
"""

import os
import sys


def main() -> int:
    from tests.plugin.servers import RUN

    RUN.begin(with_servers=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "procurement.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    connection.settings_dict["NAME"] = connection.creation._get_test_db_name()
    call_command("migrate", interactive=False, verbosity=0)
    from oversight.verification.guards import MANIFEST, manifest
    from oversight.verification.reading import reading

    with reading():
        MANIFEST.write_text(manifest(), encoding="utf-8")
    connection.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
