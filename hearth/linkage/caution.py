"""What a link without asking needs beside its odds: twins, and fathers and sons of one name, agree on all but one thing."""

import duckdb

from hearth.linkage.levels import Attribute

# Levels on which given names and birth dates agree, but for a slip.
_GIVEN, _BORN = (1, 2, 3, 4), (1, 2, 3)
# The same, or not known, or known in part, where a number agrees.
_GIVEN_WITH_NUMBER, _BORN_WITH_NUMBER = (0, *_GIVEN, 5, 6), (0, *_BORN, 4, 5, 6)
_NUMBERS = ("nhs_number", "upn", "identifier_")
WORDS = "given names and birth dates do not both agree, or too little is known of them, so a person is asked"


def sure(attributes: list[Attribute], row: str = "") -> str:
    """SQL over a compared row, called `row`: given names and birth dates agree, or a number does and neither speaks against it."""
    names = {attribute.name for attribute in attributes}

    def on(name: str, levels: tuple[int, ...]) -> str:
        return f"({row}{name} & 15) in {levels}" if name in names else ("true" if 0 in levels else "false")

    numbers = [name for name in names if name.startswith(_NUMBERS)]
    number = " or ".join(f"({row}{name} & 15) = 1" for name in sorted(numbers)) or "false"
    return (
        f"(({on('given', _GIVEN)} and {on('born', _BORN)})"
        f" or (({number}) and {on('given', _GIVEN_WITH_NUMBER)} and {on('born', _BORN_WITH_NUMBER)}))"
    )


def below(threshold: float) -> float:
    """Odds just short of a link."""
    return threshold - 1e-3


def hold_back(
    connection: duckdb.DuckDBPyConnection, compared: str, attributes: list[Attribute], threshold: float
) -> None:
    """Bring pairs of `scored` that are not sure below the threshold, whatever else agrees: a person is asked."""
    connection.execute(
        f"update scored set odds = {below(threshold)} from {compared} c where c.a = scored.a and c.b = scored.b"
        f" and scored.odds >= {threshold} and not {sure(attributes, 'c.')}"
    )
