"""demo, seed, import, first-administrator: what is put into an installation, and who may sign in first."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hearth.config import addresses
from hearth.config.codes import code_now
from hearth.config.environment import SettingError
from hearth.config.invent import FAMILIES, SEED, people, table

if TYPE_CHECKING:
    from hearth.foundation.accounts.models import User


def add_verbs(verbs: Any) -> None:
    """The verbs of this group."""
    demo = verbs.add_parser("demo", help="about the demonstration")
    about = demo.add_subparsers(metavar="WHAT", required=True)
    sign_ins = about.add_parser("sign-ins", help="everybody invented who may sign in")
    sign_ins.add_argument("--json", action="store_true", help="as JSON, with each authenticator secret")
    sign_ins.set_defaults(do=show_sign_ins)
    code = about.add_parser("code", help="the code that an invented person's authenticator app would show now")
    code.add_argument("email", help="the e-mail that they sign in with")
    code.set_defaults(do=show_code)
    seed = verbs.add_parser(
        "seed", help="fill a demonstration with an invented authority of any size, in place of what it holds"
    )
    seed.add_argument("--families", type=_count, default=FAMILIES, help=f"how many families ({FAMILIES})")
    seed.add_argument("--seed", type=int, default=SEED, help="the same seed gives the same families")
    seed.set_defaults(do=load_invented)
    bring = verbs.add_parser("import", help="read what another system exported")
    kinds = bring.add_subparsers(metavar="KIND", required=True)
    annex_a = kinds.add_parser("annex-a", help="an Ofsted inspection workbook (Annex A, .xlsx)")
    annex_a.add_argument("file", type=Path, help="the workbook")
    annex_a.add_argument("--by", help="the e-mail of the person who answers for the import", default="")
    annex_a.add_argument(
        "--area", help="code of the district its families belong to (the first, if left out)", default=""
    )
    annex_a.add_argument("--source", help="whose system it is from; rows are recognised by it", default="")
    annex_a.set_defaults(do=import_annex_a)
    first = verbs.add_parser("first-administrator", help="open the first account of a real service, and print its link")
    first.add_argument("--name", required=True, help="first and last name")
    first.add_argument("--email", required=True, help="the e-mail they will sign in with")
    first.set_defaults(do=open_first_account)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give a number of families above nought")
    return number


@contextmanager
def demonstration() -> Iterator[None]:
    """Django on the database of a demonstration, or a sentence that says why not."""
    from hearth.config import setup, stamps

    with addresses.database_in_use(demonstration=addresses.demonstration(default=True)) as database:
        setup.use(database)
        stamp = stamps.read()
        if not stamp:
            raise SettingError("There is no demonstration here yet. Start one with `make run`.")
        if not stamp.get("demonstration"):
            raise SettingError(
                "This database is in real use. Sign-ins and invented people belong to demonstrations only."
            )
        yield


def people_of_the_demonstration() -> list[dict[str, str]]:
    """Everybody invented who may sign in."""
    if not addresses.demonstration(default=True):
        raise SettingError("Sign-ins are shown for a demonstration only, and HEARTH_DEMONSTRATION is 0.")
    with demonstration():
        return people()


def show_sign_ins(asked: argparse.Namespace) -> None:
    """Each invented person's way in."""
    found = people_of_the_demonstration()
    print(json.dumps(found, indent=2, ensure_ascii=False) if asked.json else table(found))


def show_code(asked: argparse.Namespace) -> None:
    """What an invented person's authenticator app shows now."""
    found = [person for person in people_of_the_demonstration() if person["email"].lower() == asked.email.lower()]
    if not found:
        raise SettingError(
            f"Nobody in this demonstration has the e-mail {asked.email}. `hearth demo sign-ins` lists them."
        )
    code, seconds = code_now(found[0]["authenticator_secret"])
    print(f"{code}   good for {seconds} more seconds, once")


def load_invented(asked: argparse.Namespace) -> None:
    """Replace whatever a demonstration holds with an invented authority of that size."""
    from hearth.config import invent, launch, setup, stamps
    from hearth.config.commands.running import say

    if not addresses.demonstration(default=True):
        raise SettingError("Invented families are for demonstrations only, and HEARTH_DEMONSTRATION is 0.")
    with launch.alone(), addresses.database_in_use(demonstration=True) as database:
        setup.use(database)
        setup.set_up(say, demonstration=True, static_files=False)
        if stamps.read().get("invented"):
            invent.begin_again(say)
        invent.load(say, families=asked.families, seed=asked.seed)


def import_annex_a(asked: argparse.Namespace) -> None:
    """Read an inspection workbook, and account for each of its rows."""
    from hearth.config import setup

    if not asked.file.is_file():
        raise SettingError(f"There is no file {asked.file}.")
    with addresses.database_in_use(demonstration=addresses.demonstration()) as database:
        setup.use(database)
        from hearth.desk.imports.annex_a import import_workbook
        from hearth.foundation.core.refusals import Refused

        by = who_answers(asked.by)
        try:
            print(import_workbook(asked.file, by, area=asked.area, source=asked.source, progress=_rows_read))
        except Refused as refused:
            raise SettingError(str(refused)) from None
        except OSError as fault:
            raise SettingError(f"{asked.file} cannot be read: {fault.strerror}.") from None


def _rows_read(count: int) -> None:
    if count % 500 == 0:
        print(f"{count:,} rows read", file=sys.stderr, flush=True)


def who_answers(email: str, role: str = "administrator") -> "User":
    """The person whose name the audit trail gives to an import; in a demonstration, whoever has that role."""
    from hearth.config import stamps
    from hearth.foundation.accounts.models import User

    if not email and stamps.read().get("demonstration"):
        email = next(person["email"] for person in people() if person["role"] == role)
    if not email:
        raise SettingError("Say who answers for this import: --by E-MAIL, of somebody who may sign in.")
    found = (
        User.objects.using("owner").select_related("organisation").filter(email__iexact=email, is_active=True).first()
    )
    if found is None:
        raise SettingError(f"Nobody who may sign in has the e-mail {email}.")
    return found


def open_first_account(asked: argparse.Namespace) -> None:
    """Everybody else is invited from inside; somebody has to be there to do it."""
    from hearth.config import setup

    with addresses.database_in_use(demonstration=addresses.demonstration()) as database:
        setup.use(database)
        from hearth.config.first_administrator import first_administrator

        print(first_administrator(name=asked.name, email=asked.email))
