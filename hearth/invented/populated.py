"""What published estimates might say of people by small area: each district, ages 0 to 90, and how deprived its areas are."""

import random

from hearth.foundation.core.pack import pack
from hearth.invented.involved import Rows

FEED = "population"
HEAD = ["LSOA", "LAD", "age", "sex", "population", "IMD decile"]
AREAS = 12  # small areas of a district; each has about 1,500 people
OLDEST = 90


def populated() -> Rows:
    """The rows of the file, its headers first: women and men of each age in each small area."""
    dice, rows = random.Random("populated"), []
    for place, district in enumerate(pack().areas.districts):
        for number in range(AREAS):
            name, decile = f"E0199{place:02d}{number:02d}", dice.randint(1, 6 + place % 5)
            for age in range(OLDEST + 1):
                for sex in ("F", "M"):
                    people = max(0, round((11 - age * age / 900) * dice.uniform(0.8, 1.2)))
                    rows.append([name, district.gss_code or district.code, age, sex, people, decile])
    return [HEAD, *rows]
