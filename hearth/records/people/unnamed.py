"""Whether words that should name nobody do: what identifies somebody anywhere, and names of people whom the writer may see."""

import re
from collections.abc import Iterator
from typing import Any

from hearth.foundation.core.refusals import Refusal
from hearth.foundation.core.text import fold
from hearth.records.people.models import Person
from hearth.records.people.reach import families

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LONGEST_NAME = 4  # words of a whole name that are looked for
IDENTIFIES = (
    (re.compile(r"\b[A-Z]{2}-[0-9A-Z]{5,8}\b"), "a reference of a record"),
    (re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)"), "a number such as an NHS number or a telephone number"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE), "a postcode"),
    (re.compile(r"\b\S+@\S+\.\w+"), "an e-mail address"),
    (re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}\b"), "a whole date, such as a day of birth"),
)


def why_not_unnamed(reader: Any, *texts: str) -> Refusal | None:
    """Words that are read by people who may open no family: they hold nothing by which one is found, and nobody's name."""
    text = "\n".join(texts)
    for pattern, what in IDENTIFIES:
        found = pattern.search(text)
        if found is not None:
            return Refusal(
                "people.identified", f"“{found.group()}” stands in the words: {what}. Leave it out: nobody may be found by them."
            )  # fmt: skip
    name = next(names_said(reader, text), "")
    if name:
        return Refusal(
            "people.named",
            f"“{name}” stands in the words, and is the name of somebody whose record you can open. "
            "Say who they are instead, such as “the mother” or “a boy of 9”.",
        )
    return None


def names_said(reader: Any, text: str) -> Iterator[str]:
    """Names in a text: whole ones of anybody the reader may see; one word of a name, of families opened to them by name."""
    seen = Person.objects.visible_to(reader)
    for person in seen.filter(folded_name__in=_runs(text)).order_by("folded_name")[:1]:
        yield person.full_name
    # A word counts as a name where it is written as one: "grace" in a sentence is none.
    written = {form: word for word in _WORD.findall(text) if not word[0].islower() for form in _forms(fold(word))}
    of_theirs = seen.filter(memberships__family__one_of=families(reader)).distinct()
    for names in of_theirs.values_list("given_name", "family_name", "known_as") if written else ():
        yield from (written[word] for name in names for word in fold(name).split() if word in written)


def _forms(folded: str) -> tuple[str, str]:
    """A word and what it is without the s of `Kelly's` and of `the O'Briens`."""
    return folded, folded.removesuffix("s")


def _runs(text: str) -> set[str]:
    """Every two, three or four words that stand together, folded as names are."""
    words = fold(text).split()
    return {
        form
        for long in range(2, LONGEST_NAME + 1)
        for at in range(len(words) - long + 1)
        for form in _forms(" ".join(words[at : at + long]))
    }
