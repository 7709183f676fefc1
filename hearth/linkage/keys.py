"""Blocking keys: two records are looked at together only where they share one of many narrow keys, any of which may be wrong."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """What two records must share to be a candidate: SQL parts over one record, and the columns they need.

    A loose key proposes many strangers; it is used while the pairs it adds stay under a limit a record.
    """

    name: str
    parts: tuple[str, ...]
    needs: tuple[str, ...]
    loose: bool = False

    def sql(self) -> str:
        """SQL for the key of a record as one number, NULL where a part is missing."""
        known = " and ".join(f"({part}) is not null" for part in self.parts)
        return f"case when {known} then hash({', '.join(self.parts)}) end"


def skeleton(column: str) -> str:
    """SQL for how a name sounds, roughly: its first letter and its consonants, doubled letters once."""
    consonants = f"regexp_replace(substr({column}, 2), '[aeiouyhw ]', '', 'g')"
    for one, other in (
        ("ph", "f"),
        ("ck", "k"),
        ("c", "k"),
        ("z", "s"),
        ("v", "f"),
        ("d", "t"),
        ("mm", "m"),
        ("nn", "n"),
    ):
        consonants = f"replace({consonants}, '{one}', '{other}')"
    for letter in "lrstk":
        consonants = f"replace({consonants}, '{letter}{letter}', '{letter}')"
    return f"left({column}, 1) || {consonants}"


_G, _F, _B, _P, _S = "given", "family", "born", "postcode", "street"
_YEAR, _MONTH, _DAY = "birth_year", "birth_month", "birth_day"
_INITIAL = "left(given, 1)"
_PAIR = ("least(given, family)", "greatest(given, family)")
_DATE_EITHER_WAY = (_YEAR, "least(birth_month, birth_day)", "greatest(birth_month, birth_day)")
_LOCAL = "split_part(email, '@', 1)"

# Narrow keys first; the order decides what is kept where a limit is met.
KEYS = (
    Key("NHS number", ("nhs_number",), ("nhs_number",)),
    Key("unique pupil number", ("upn",), ("upn",)),
    Key("e-mail", ("email",), ("email",)),
    Key("family name and birth date", (_F, _B), (_F, _B)),
    Key("given name and birth date", (_G, _B), (_G, _B)),
    Key("names in either order, and year of birth", (*_PAIR, _YEAR), (_G, _F, _YEAR)),
    Key("names, and day and month of birth", (_G, _F, _MONTH, _DAY), (_G, _F, _DAY)),
    Key("birth date and postcode", (_B, _P), (_B, _P)),
    Key("birth date and address", (_B, _S), (_B, _S)),
    Key("address and given name", (_S, _G), (_S, _G)),
    Key("postcode and given name", (_P, _G), (_P, _G)),
    Key("initials and birth date", ("left(given, 1)", "left(family, 1)", _B), (_G, _F, _B)),
    Key("initials swapped and birth date", ("least(left(given, 1), left(family, 1))",
        "greatest(left(given, 1), left(family, 1))", *_DATE_EITHER_WAY), (_G, _F, _B)),
    Key("telephone and given name", ("phone", _G), ("phone", _G)),
    Key("telephone and birth date", ("phone", _B), ("phone", _B)),
    Key("how the names sound, and year of birth", ("given_sound", "family_sound", _YEAR), (_G, _F, _YEAR)),
    Key("how the family name sounds, initial, year and month", ("family_sound", _INITIAL, _YEAR, _MONTH), (_G, _F, _MONTH)),
    Key("given name, family initial, year and month", (_G, "left(family, 1)", _YEAR, _MONTH), (_G, _F, _MONTH)),
    Key("form of the given name, family name", ("roots[1]", _F, _YEAR), (_G, _F, _YEAR)),
    Key("other form of the given name, family name", ("roots[-1]", _F, _YEAR), (_G, _F, _YEAR)),
    Key("address, family name and initial", (_S, _F, _INITIAL), (_S, _F, _G)),
    Key("postcode, family name and initial", (_P, _F, _INITIAL), (_P, _F, _G)),
    Key("names and place", (*_PAIR, "place"), (_G, _F, "place")),
    Key("telephone", ("phone",), ("phone",), loose=True),
    Key("names", _PAIR, (_G, _F), loose=True),
    Key("how the names sound", ("given_sound", "family_sound"), (_G, _F), loose=True),
    Key("birth date", (_B,), (_B,), loose=True),
    Key("first part of the e-mail", (_LOCAL,), ("email",), loose=True),
    Key("address", (_S,), (_S,), loose=True),
    Key("postcode", (_P,), (_P,), loose=True),
    Key("initial, family name and place", (_INITIAL, _F, "place"), (_G, _F, "place"), loose=True),
    Key("form of the given name, and family name", ("roots[1]", _F), (_G, _F), loose=True),
    Key("initial and family name", (_INITIAL, _F), (_G, _F), loose=True),
    Key("given name and place", (_G, "place", "left(family, 1)"), (_G, _F, "place"), loose=True),
    Key("family name and year of birth", (_F, _YEAR), (_F, _YEAR), loose=True),
    Key("given name, year and month of birth", (_G, _YEAR, _MONTH), (_G, _MONTH), loose=True),
    Key("place and birth date either way", ("place", *_DATE_EITHER_WAY), ("place", _B), loose=True),
    Key("given name and family initial", (_G, "left(family, 2)"), (_G, _F), loose=True),
    Key("family name", (_F,), (_F,), loose=True),
)  # fmt: skip


def keys(present: set[str], identifiers: int) -> list[Key]:
    """The keys that can be made of the columns present; `identifiers` is how many reference numbers a record has."""
    needs = {_B: "birth_day"}
    numbers = [Key(f"reference {k + 1}", (f"identifier_{k}",), (f"identifier_{k}",)) for k in range(identifiers)]
    return [key for key in (*numbers, *KEYS) if all(needs.get(column, column) in present for column in key.needs)]
