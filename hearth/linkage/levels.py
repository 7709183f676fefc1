"""How two records are compared: for each thing that people are known by, a short list of levels from the same to different."""

from dataclasses import dataclass, replace

ALIKE, SIMILAR = 0.92, 0.8
BLANK = 0


@dataclass(frozen=True)
class Level:
    """One outcome of a comparison: words for a reader, SQL over records `l` and `r`, and what is assumed before learning.

    `same` names the columns that are equal on this level: how often that happens by chance is counted, not sampled. `rarity` is the
    one of them whose rarity counts. `prior` is the share of true pairs expected here, before any are seen.
    """

    words: str
    sql: str
    prior: float
    chance: float = 0.0
    same: tuple[str, ...] = ()
    rarity: str = ""


@dataclass(frozen=True)
class Attribute:
    """A thing compared: the levels in order, the last taking whatever is left; level 0 is "no data", and no evidence.

    `home` marks what the people of a household share. `never_against` is evidence for, never against. Where an attribute `leans` on
    another, and that one is on a level of `leaning`, it is judged apart: a town tells nothing new once the address is the same.
    """

    name: str
    blank: str
    levels: tuple[Level, ...]
    home: bool = False
    never_against: bool = False
    leans: str = ""
    leaning: tuple[int, ...] = ()

    def sql(self) -> str:
        """SQL for the level of a pair: 0 for no data, else the place in `levels` counted from 1."""
        cases = [f"when {self.blank} then {BLANK}"]
        cases += [f"when {level.sql} then {place}" for place, level in enumerate(self.levels[:-1], start=1)]
        return f"case {' '.join(cases)} else {len(self.levels)} end::utinyint"

    def rarity_sql(self) -> str:
        """SQL for the step of rarity of what is agreed on, given the level `at` of this attribute; 0 where none counts."""
        cases = [
            f"when {place} then coalesce(least(l_{level.rarity}_rarity, r_{level.rarity}_rarity), 0)"
            for place, level in enumerate(self.levels, start=1)
            if level.rarity
        ]
        return f"case {self.name}_level {' '.join(cases)} else 0 end::utinyint" if cases else "0::utinyint"


def _either_blank(column: str) -> str:
    return f"l.{column} is null or r.{column} is null"


def _alike(column: str, least: float) -> str:
    return f"jaro_winkler_similarity(l.{column}, r.{column}) >= {least}"


def _alike_two(one: str, other: str) -> str:
    return f"jaro_winkler_similarity({one}, {other}) >= {ALIKE}"


def one_slip(column: str, shortest: int = 4) -> str:
    """SQL: one letter wrong, missing, added, or two changed about, in words long enough for that to mean something."""
    return (
        f"(abs(length(l.{column}) - length(r.{column})) <= 1 and least(length(l.{column}), length(r.{column})) >= {shortest}"
        # The likeness is quick to reckon, and no slip brings it below this: most pairs need no more.
        f" and jaro_winkler_similarity(l.{column}, r.{column}) >= 0.75 and damerau_levenshtein(l.{column}, r.{column}) = 1)"
    )


# Both names, one the same letter for letter: one swap is one piece of evidence, told under the given name alone.
_SWAPPED = (
    f"((l.given = r.family and (l.family = r.given or {_alike_two('l.family', 'r.given')}))"
    f" or (l.family = r.given and {_alike_two('l.given', 'r.family')}))"
)
_IN_MIDDLE = "r.middle = l.given or l.middle = r.given or starts_with(r.middle, l.given || ' ') or starts_with(l.middle, r.given || ' ')"

GIVEN = Attribute(
    "given",
    _either_blank("given"),
    (
        Level("the same given name", "l.given = r.given", 0.8, 0.008, ("given",), "given"),
        Level(
            "a known form of the same given name",
            "l.roots is not null and r.roots is not null and list_has_any(l.roots, r.roots)",
            0.04,
            0.004,
            rarity="given",
        ),
        Level(
            "given names a slip apart", f"{one_slip('given')} or {_alike('given', ALIKE)}", 0.07, 0.003, rarity="given"
        ),
        Level("given and family name swapped", _SWAPPED, 0.01, 1e-05),
        Level(
            "an initial or a second name of the other",
            f"starts_with(l.given, r.given) or starts_with(r.given, l.given) or {_IN_MIDDLE}",
            0.02,
            0.004,
        ),
        Level("similar given names", _alike("given", SIMILAR), 0.04, 0.008),
        Level("different given names", "true", 0.02),
    ),
)
FAMILY = Attribute(
    "family",
    f"{_either_blank('family')} or (l.family <> r.family and {_SWAPPED})",
    (
        Level("the same family name", "l.family = r.family", 0.8, 0.003, ("family",), "family"),
        Level(
            "family names a slip apart",
            f"{one_slip('family')} or {_alike('family', ALIKE)}",
            0.08,
            0.002,
            rarity="family",
        ),
        Level(
            "one part of the family name the same",
            "(contains(l.family, ' ') or contains(r.family, ' ')) and list_has_any(list_filter(string_split(l.family, ' '),"
            " lambda w: length(w) > 3), string_split(r.family, ' '))",
            0.02,
            0.0005,
        ),
        Level("similar family names", _alike("family", SIMILAR), 0.03, 0.004),
        Level("different family names", "true", 0.06),
    ),
    home=True,
)
MIDDLE = Attribute(
    "middle",
    _either_blank("middle"),
    (
        Level("the same middle name", "l.middle = r.middle", 0.8, 0.05, ("middle",), "middle"),
        Level(
            "a middle initial or a slip", f"left(l.middle, 1) = left(r.middle, 1) or {one_slip('middle')}", 0.12, 0.1
        ),
        Level("different middle names", "true", 0.08),
    ),
    leans="given",
    leaning=(1,),
)
_TWO_PARTS = (
    "((l.birth_year = r.birth_year)::int + (l.birth_month = r.birth_month)::int + (l.birth_day = r.birth_day)::int = 2)"
)
BORN = Attribute(
    "born",
    "l.birth_year is null or r.birth_year is null",
    (
        Level("the same birth date", "l.born = r.born", 0.8, 4e-05, ("born",), "born"),
        Level(
            "day and month of birth swapped",
            "l.birth_year = r.birth_year and l.birth_month = r.birth_day and l.birth_day = r.birth_month",
            0.02,
            2e-05,
        ),
        Level("birth dates a slip apart", one_slip("born"), 0.08, 0.001, rarity="birthday"),
        Level("two parts of the birth date the same", f"coalesce({_TWO_PARTS}, false)", 0.03, 0.003, rarity="birthday"),
        Level(
            "birth dates two slips apart",
            "coalesce(length(l.born) = length(r.born) and hamming(l.born, r.born) = 2, false)",
            0.02,
            0.01,
            rarity="birthday",
        ),
        Level(
            "what is known of the birth date the same",
            "(l.born is null or r.born is null) and l.birth_year = r.birth_year"
            " and coalesce(l.birth_month = r.birth_month, true)",
            0.01,
            0.01,
        ),
        Level("the same year of birth", "l.birth_year = r.birth_year", 0.02, 0.01),
        Level("different birth dates", "true", 0.02),
    ),
)
# An age is held against the other's age; against a year of birth only where its own record has none, which it would only repeat.
_YEARS_APART = (
    "abs(coalesce(l.aged - r.aged, case when l.birth_year is null then l.aged - r.birth_year end,"
    " case when r.birth_year is null then r.aged - l.birth_year end))"
)
AGE = Attribute(
    "age",
    f"{_YEARS_APART} is null",
    (
        Level("the same age, give or take a year", f"{_YEARS_APART} <= 1", 0.9, 0.03),
        Level("ages two or three years apart", f"{_YEARS_APART} <= 3", 0.06, 0.05),
        Level("another age", "true", 0.04),
    ),
    leans="born",
    leaning=(1, 2, 6, 7),
)
SEX = Attribute(
    "sex",
    _either_blank("sex"),
    (Level("the same sex", "l.sex = r.sex", 0.98, 0.5), Level("another sex", "true", 0.02)),
    never_against=True,
    leans="given",
    leaning=(1, 2, 3),
)
_NEAR = f"({one_slip('postcode')} or coalesce(l.outward = r.outward, false))"
HOME = Attribute(
    "home",
    "(l.street is null or r.street is null) and (l.postcode is null or r.postcode is null)",
    (
        Level(
            "the same address and postcode",
            "l.street = r.street and l.postcode = r.postcode",
            0.5,
            5e-05,
            ("street", "postcode"),
            "street",
        ),
        Level("the same address", "l.street = r.street", 0.1, 5e-05, ("street",), "street"),
        Level(
            "the same postcode, and an address alike",
            f"l.postcode = r.postcode and {_alike('street', ALIKE)}",
            0.1,
            5e-05,
        ),
        Level("the same postcode", "l.postcode = r.postcode", 0.1, 0.0001, ("postcode",), "postcode"),
        Level("addresses alike", f"{_alike('street', ALIKE)}", 0.05, 0.0001),
        Level("postcodes near", _NEAR, 0.05, 0.01),
        Level("another address", "true", 0.1),
    ),
    home=True,
)
PLACE = Attribute(
    "place",
    _either_blank("place"),
    (
        Level("the same place", "l.place = r.place", 0.8, 0.1, ("place",), "place"),
        Level("places a slip apart", f"{one_slip('place')} or {_alike('place', ALIKE)}", 0.08, 0.02),
        Level("another place", "true", 0.12),
    ),
    home=True,
    leans="home",
    leaning=(1, 2, 3, 4),
)
EMAIL = Attribute(
    "email",
    _either_blank("email"),
    (
        Level("the same e-mail", "l.email = r.email", 0.75, 1e-05, ("email",), "email"),
        Level(
            "e-mails a slip apart",
            f"{one_slip('email')} or split_part(l.email, '@', 1) = split_part(r.email, '@', 1)",
            0.1,
            1e-05,
        ),
        Level("e-mails alike", _alike("email", ALIKE), 0.05, 0.0001),
        Level("another e-mail", "true", 0.1),
    ),
    home=True,
)


def _number(name: str, words: str, *, home: bool = False) -> Attribute:
    return Attribute(
        name,
        _either_blank(name),
        (
            Level(f"the same {words}", f"l.{name} = r.{name}", 0.85, 1e-5, (name,), name),
            Level(f"{words}s a slip apart", one_slip(name, 6), 0.1, 1e-5),
            Level(f"another {words}", "true", 0.05),
        ),
        home=home,
    )


def _other(name: str, words: str) -> Attribute:
    return Attribute(
        name,
        _either_blank(name),
        (
            Level(f"the same {words}", f"l.{name} = r.{name}", 0.8, 0.1, (name,), name),
            Level(f"{words} alike", f"{one_slip(name)} or {_alike(name, ALIKE)}", 0.08, 0.02),
            Level(f"another {words}", "true", 0.12),
        ),
    )


def attributes(present: set[str], identifiers: tuple[str, ...], others: tuple[str, ...]) -> list[Attribute]:
    """What can be compared where `present` are the columns that are not blank in every record.

    `identifiers` and `others` are the file's own names for its reference numbers and its other words, in order.
    """
    every: list[tuple[Attribute, set[str]]] = [
        (GIVEN, {"given"}),
        (FAMILY, {"family"}),
        (MIDDLE, {"middle"}),
        (BORN, {"birth_year"}),
        (AGE, {"aged"}),
        (SEX, {"sex"}),
        (HOME, {"street", "postcode"}),
        (PLACE, {"place"}),
        (_number("uprn", "property number", home=True), {"uprn"}),
        (EMAIL, {"email"}),
        (_number("phone", "telephone number", home=True), {"phone"}),
        (_number("nhs_number", "NHS number"), {"nhs_number"}),
        (_number("upn", "unique pupil number"), {"upn"}),
    ]
    every += [(_number(f"identifier_{k}", words), {f"identifier_{k}"}) for k, words in enumerate(identifiers)]
    every += [(_other(f"other_{k}", words), {f"other_{k}"}) for k, words in enumerate(others)]
    kept = [attribute for attribute, needs in every if needs & present]
    names = {attribute.name for attribute in kept}
    return [attribute if attribute.leans in names else replace(attribute, leans="") for attribute in kept]
