"""Reads settings from the environment, with a sentence for each that is wrong."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class SettingError(Exception):
    """A setting is missing or cannot be used; the message is a sentence that names it."""


def flag(name: str, *, default: bool) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off, any case."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return default if value == "" else value in ("1", "true", "yes", "on")
    raise SettingError(f"{name} is {value!r}: write 1 or 0.")


def whole_number(name: str, default: int) -> int:
    """A setting that is a count."""
    value = os.environ.get(name) or str(default)
    if not value.isdigit() or int(value) < 1:
        raise SettingError(f"{name} is {value!r}: give a whole number above nought.")
    return int(value)


def words(name: str, *, default: str) -> list[str]:
    """A setting that is a list, separated by spaces or commas."""
    return os.environ.get(name, default).replace(",", " ").split()


def named_addresses(name: str) -> list[tuple[str, str]]:
    """A setting that is a list of names with web addresses: `Bolton = https://...; Bury = https://...`."""
    found = []
    for part in filter(None, (each.strip() for each in os.environ.get(name, "").split(";"))):
        whose, _, address = (each.strip() for each in part.partition("="))
        if not (whose and address.startswith(("https://", "http://"))):
            raise SettingError(
                f"{name} has {part!r}: write a name and a web address, as Bolton = https://directory.example/api."
            )
        found.append((whose, address))
    return found


def given(name: str) -> str:
    """The variable, or the content of the file that <name>_FILE names; nothing where neither is set."""
    file = os.environ.get(f"{name}_FILE", "")
    return Path(file).read_text().strip() if file else os.environ.get(name, "")


def secret(name: str, *, fallback_file: Path) -> str:
    """The variable, or the content of the file that <name>_FILE names, or one made once and kept in `fallback_file`."""
    if os.environ.get(name):
        return os.environ[name]
    if os.environ.get(name + "_FILE"):
        return Path(os.environ[name + "_FILE"]).read_text().strip()
    if not fallback_file.exists():
        fallback_file.parent.mkdir(parents=True, exist_ok=True)
        made = fallback_file.with_suffix(f".{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(made, fallback_file)  # the first of several processes wins
        made.unlink()
    return fallback_file.read_text().strip()


def database(url: str, *, pool: bool = False) -> dict[str, object]:
    """A Django database entry from a postgresql:// address. A `host` in the query (a socket folder) wins."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise SettingError(
            f"A database address must start with postgresql://, and this one starts with {parts.scheme!r}."
        )
    query = dict(parse_qsl(parts.query))
    entry: dict[str, object] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": query.pop("port", str(parts.port or "")),
        # Django's own queries are never prepared; a `Statement` is, where its connection lets it.
        "OPTIONS": {**query, "application_name": "hearth", "prepare_threshold": 1},
        "CONN_MAX_AGE": 0 if pool else 60,
        "CONN_HEALTH_CHECKS": not pool,
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }
    if pool:
        entry["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 20}  # type: ignore[index]
    return entry


def databases(var: Path) -> dict[str, dict[str, object]]:
    """`default` (web or worker role), `audit` (same role, second connection) and `owner` (migrates)."""
    owner = (
        os.environ.get("DATABASE_OWNER_URL")
        or os.environ.get("DATABASE_URL")
        or "postgresql://postgres@/hearth?host=" + str(var / "postgres")
    )
    web = os.environ.get("DATABASE_WEB_URL")
    pool = flag("HEARTH_POOL", default=False)
    entries = {
        "default": database(web or owner, pool=pool),
        "audit": database(web or owner, pool=pool),
        "owner": database(owner),
    }
    if not web:  # never as the owner, who is not held by row-level security: an address left out must show nothing
        for name in ("default", "audit"):
            entries[name] |= {"USER": "hearth_web", "PASSWORD": ""}
    for name in ("audit", "owner"):  # in tests these two are not held in a transaction that is rolled back
        entries[name]["TEST"] = {"MIRROR": "default"}
    return entries
