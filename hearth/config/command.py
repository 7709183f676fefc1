"""`hearth`: everything that is done to an installation from the command line."""

import argparse
import os
import sys

import psycopg

from hearth.config import addresses
from hearth.config.commands import checking, data, directory, exporting, feeding, finding, linking, looking_up, running
from hearth.config.environment import SettingError
from hearth.config.postgres_programs import PostgresProblem

EXPLAINED = """\
settings that every verb obeys:
  PRACTICE=lancashire      the authority: lancashire, stockton or essex
  PORT=8000                where the web server listens
  DATABASE_URL=            a server of your own, as its owner; without it a PostgreSQL of our own is started
  HEARTH_VAR=var           where data, secrets and static files are kept
  HEARTH_DEMONSTRATION=0   a real service: nothing invented, and a database server must be given
"""


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="hearth",
        description="Early help for a council and its partners.",
        epilog=EXPLAINED,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = top.add_subparsers(title="verbs", metavar="VERB", required=True)
    for group in (running, data, exporting, feeding, directory, linking, finding, looking_up, checking):
        group.add_verbs(verbs)
    return top


def tidy_environment() -> None:
    """An empty setting counts as left out, and every process that we start finds the same folder."""
    ours = ("HEARTH_", "DATABASE_", "PRACTICE", "PORT", "PG_BINDIR")
    for name in [name for name, value in os.environ.items() if name.startswith(ours) and not value.strip()]:
        del os.environ[name]
    os.environ["HEARTH_VAR"] = str(addresses.var())


def main(arguments: list[str] | None = None) -> int:
    """Do what was asked. What a person can put right is answered with a sentence, never a stack of code."""
    asked, rest = parser().parse_known_args(arguments)
    if rest and not getattr(asked, "takes_rest", False):
        parser().error(f"{' '.join(rest)} is not understood here.")
    asked.rest = rest
    tidy_environment()
    try:
        return int(asked.do(asked) or 0)
    except KeyboardInterrupt:
        return 130
    except (SettingError, PostgresProblem) as problem:
        print(problem, file=sys.stderr)
    except psycopg.OperationalError as problem:
        print(f"The database does not answer: {problem}", file=sys.stderr)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 2


if __name__ == "__main__":
    sys.exit(main())
