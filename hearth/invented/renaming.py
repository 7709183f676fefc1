"""A copied family is not the same family again: names, addresses, postcodes and numbers of its own, wherever they stand.

In what was told each such word is marked once, with a letter of Unicode's private area, in every text of the family: its
people, its request, its notes, its assessment. A copy is the marked text with the copy's own words in the marks' places.
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from stdnum.gb import nhs as nhs_number

from hearth.foundation.core.text import fold
from hearth.invented.households import invent_address, invent_inward
from hearth.invented.names import community_of

MARK = 0xE000
OLDER = 300  # a copy's people were born up to so many days before those they are copied from


@dataclass
class Words:
    """What is told of one family in words that are its own, in the order of their marks."""

    kinds: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, word: str) -> None:
        """Another word, once."""
        if word:
            self.kinds.setdefault(word, kind)

    def add_person(self, given_name: str, family_name: str, sex: str, adult: bool) -> None:
        """The names of one of the family's people, as typed or on record."""
        self.add("surname", family_name)
        self.add(("adult " if adult else "child ") + (sex or "U"), given_name)

    @cached_property
    def _as_written(self) -> "_Pattern":
        return _Pattern(self.kinds)

    @cached_property
    def _folded(self) -> "_Pattern":
        return _Pattern([fold(word) for word in self.kinds])

    def marked(self, text: str, folded: bool) -> str:
        """The text with marks where the family's own words stood."""
        return (self._folded if folded else self._as_written).marked(text)

    def renamed(self, dice: random.Random, numbers: Iterator[str]) -> list[str]:
        """Other words of the same kinds, in the same order; no two people of a family are called alike."""
        names = community_of(next((word for word, kind in self.kinds.items() if kind == "surname"), ""))
        found: list[str] = []
        for word, kind in self.kinds.items():
            if kind == "address":
                found.append(invent_address(dice))
            elif kind == "postcode":
                found.append(f"{word.split()[0]} {invent_inward(dice)}")
            elif kind == "nhs":
                found.append(next(numbers))
            elif kind == "surname":
                found.append(names.surnames.pick(dice, but=found))
            else:
                found.append(names.given(kind[-1], adult=kind.startswith("adult")).pick(dice, but=found))
        return found


class _Pattern:
    def __init__(self, words: Iterable[str]) -> None:
        self.marks = {word: chr(MARK + place) for place, word in reversed(list(enumerate(words)))}
        longest_first = sorted(map(re.escape, self.marks), key=len, reverse=True)
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)") if longest_first else None

    def marked(self, text: str) -> str:
        return self.pattern.sub(lambda met: self.marks[met[0]], text) if self.pattern else text


def marks_in(text: str) -> set[int]:
    """Which words' marks stand in it."""
    return {ord(letter) - MARK for letter in text if MARK <= ord(letter) < MARK + 256}


def filled(column: str, marks: Iterable[int], folded: bool) -> str:
    """The SQL of a marked text with a copy's words (`w`) in place of the marks."""
    words = "folded" if folded else "words"
    for mark in sorted(marks):
        column = f"replace({column}, chr({MARK + mark}), coalesce(w.{words}[{mark + 1}], ''))"
    return column


def nhs_numbers(taken: set[str]) -> Iterator[str]:
    """Every number of the range kept for testing (999) that has a right check digit, each once and in no plain order."""
    for place in range(1_000_000):
        begins = f"999{place * 387_420_489 % 1_000_000:06}"
        check = -nhs_number.checksum(begins + "0") % 11
        if check < 10 and f"{begins}{check}" not in taken:
            yield f"{begins}{check}"
