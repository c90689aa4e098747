"""The commands in a process of their own, as somebody has them who has nothing but the packages."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def program(package):
    """What Python runs: the package, where Django and its like cannot be imported."""
    missing = "('django', 'rest_framework', 'psycopg', 'celery')"
    return (
        f"import sys, runpy; sys.modules.update(dict.fromkeys({missing}))\n"
        f"runpy.run_module('{package}', run_name='__main__', alter_sys=True)"
    )


def alone(package, folder, *arguments, said=""):
    """Run a package's command in a process where nobody can import Django, and no settings are named."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {"PYTHONPATH": str(PROJECT), "PYTHONIOENCODING": "ascii"}
    return subprocess.run(
        [sys.executable, "-c", program(package), *arguments],
        cwd=folder,
        env=environment,
        input=said.encode(),
        capture_output=True,
        timeout=120,
        check=False,
    )
