"""Sets up the database that every test run copies: what `hearth setup` makes, and the people who sign in."""

import os
from datetime import UTC, datetime

from hearth.config import setup, stamps
from hearth.config.addresses import Addresses


def main() -> None:
    """Fill the empty database that the environment names."""
    setup.use(Addresses(*(os.environ[f"DATABASE_{way}_URL"] for way in ("OWNER", "WEB", "WORKER"))))
    setup.set_up(print, demonstration=True, static_files=False)
    from django.db import connections
    from django.test import override_settings

    from hearth.commissioning.procurement import timekeeping
    from hearth.foundation.core.pack import pack
    from hearth.invented.cast import load_cast

    with override_settings(PASSWORD_HASHERS=["tests.hashing.QuickHasher"]):
        load_cast(pack())
    # Tests stop the clock; the database that they copy hears it, which none in real use does.
    with connections["owner"].cursor() as cursor:
        cursor.execute(timekeeping.LISTENS)
    stamps.write(made_at=datetime.now(UTC).isoformat())


if __name__ == "__main__":
    main()
