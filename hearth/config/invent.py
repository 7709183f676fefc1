"""Fills a demonstration with invented people: once, whole or begun again, and never where anybody real is."""

from collections.abc import Callable

from hearth.config import setup, stamps
from hearth.config.environment import SettingError, whole_number

FAMILIES = 80
SEED = 20261122
Say = Callable[[str], None]


def load_once(say: Say) -> None:
    """Invented people at the first start. Loading that was cut short is begun again."""
    done = stamps.read().get("invented")
    if done == "whole":
        return
    if done == "begun":
        say("The last start was cut short while it loaded invented families, so they are made again.")
        begin_again(say)
    load(say, families=whole_number("HEARTH_FAMILIES", FAMILIES), seed=SEED)


def load(say: Say, *, families: int, seed: int) -> None:
    """Invent that many families in a set-up database that holds none."""
    from hearth.invented.authority import load as invent

    say(f"Inventing {families:,} families, their helpers and their history.")
    stamps.write(invented="begun")
    invent(families=families, seed=seed, progress=say)
    stamps.write(invented="whole", families=families, seed=seed)


def begin_again(say: Say) -> None:
    """Empty a demonstration's database and set it up afresh."""
    from django.db import connections

    if not stamps.read().get("demonstration"):
        raise SettingError("Only what is invented may be thrown away, and this database is in real use.")
    connections.close_all()
    with connections["owner"].cursor() as cursor:
        cursor.execute("drop schema public cascade")
        cursor.execute("create schema public")
    setup.set_up(say, demonstration=True, static_files=False)


def people() -> list[dict[str, str]]:
    """Everybody invented who may sign in."""
    from hearth.invented.sign_ins import sign_ins

    return sign_ins()


def how_to_sign_in() -> str:
    """One person for each role, as the terminal shows them."""
    first: dict[str, dict[str, str]] = {}
    for person in people():
        first.setdefault(person["role"], person)
    return table(list(first.values())) + "\n\nThe code that sign-in asks for next:  .venv/bin/hearth demo code E-MAIL"


def table(listed: list[dict[str, str]]) -> str:
    """The sign-ins as columns."""
    columns = {
        "role_name": "role",
        "organisation": "organisation",
        "area": "area",
        "email": "e-mail",
        "password": "password",
    }
    rows = [columns, *({name: person[name] for name in columns} for person in listed)]
    widths = {name: max(len(row[name]) for row in rows) for name in columns}
    return "\n".join("  ".join(row[name].ljust(widths[name]) for name in columns).rstrip() for row in rows)
