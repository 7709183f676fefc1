"""check-practice, docs, django: looking at a practice pack, and what those who work on the code need."""

import argparse
import subprocess
import sys
from typing import Any

from hearth.config import addresses


def add_verbs(verbs: Any) -> None:
    """The verbs of this group."""
    check = verbs.add_parser("check-practice", help="read a practice pack and say everything that is wrong in it")
    check.add_argument("practice", nargs="*", help="the packs to read (the one that PRACTICE names)")
    check.set_defaults(do=check_practice)
    verbs.add_parser("docs", help="write the generated pages of docs/reference again").set_defaults(do=write_docs)
    django = verbs.add_parser("django", help="any verb of Django's, on this installation's database", add_help=False)
    django.set_defaults(do=run_django, takes_rest=True)


def check_practice(asked: argparse.Namespace) -> int:
    """Every fault of the packs, each naming its file and key; nothing is changed."""
    from hearth.foundation.core.packs.load import check, load_pack
    from hearth.intelligence.insight.frameworks import faults as rules_at_fault
    from hearth.intelligence.insight.touchpoints.faults import faults as pathways_at_fault

    folder = addresses.practice_folder()
    names = asked.practice or [addresses.practice()]
    faults = {name: check(folder / name) for name in names}
    for name in names:  # rules are held against the feeds there are, once the pack can be read at all
        if not faults[name]:
            practice = load_pack(folder / name)
            faults[name] = [*rules_at_fault(practice), *pathways_at_fault(practice)]
    for name, sentences in faults.items():
        print("\n".join(sentences) if sentences else f"The practice pack {name} is in order.")
    return 1 if any(faults.values()) else 0


def write_docs(asked: argparse.Namespace) -> None:
    """The pages that come from the code."""
    from hearth.config import reference

    for path in reference.write():
        print(f"Written: {path.relative_to(addresses.ROOT)}")


def run_django(asked: argparse.Namespace) -> int:
    """For example `hearth django makemigrations plans`, `hearth django shell`."""
    from hearth.config import setup

    with addresses.database_in_use(demonstration=addresses.demonstration()) as database:
        setup.use(database)
        return subprocess.run([sys.executable, "-m", "django", *asked.rest]).returncode
