"""What somebody types, read: the words that matter in it, and the needs of the pack that people say in such words."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from hearth.foundation.core.pack import pack
from hearth.foundation.core.text import fold

MOST_WORDS = 12
LONGEST = 40  # letters of a word that is looked for
# They say who asks and that they ask, and nothing of what for.
_FILLERS = """
    a about all am an and any anybody anyone are as at back be because been being but by can child childs children could did do does for
    from get gets getting go going got had has have having he help helping her him his how i id if im in is it its ive just keep keeps kid
    kids like looking me my need needs near not of off old on or our out people please really she so some somebody someone something
    son daughter teen that thats the their them there they theyre this to too up us very want wants was we what when where who whole will
    with would year years you your
    """
FILLERS = frozenset(_FILLERS.split())
# They say whose need it is, or how; beside words that say what it is, an entry need not say them. In a phrase of the pack ("wont eat",
# "single mum") they count, and alone ("dads group") they are looked for.
_BESIDE = """
    auntie aunt baby boy boyfriend brother cant couldnt cousin dad daddy didnt doesnt dont ex father gf girl girlfriend gran grandad
    grandma grandson granddaughter hadnt hasnt havent hubby husband isnt mam mom mother mum mummy nan niece nephew partner shouldnt
    sister stepson stepdaughter toddler wasnt wife wont wouldnt
    """
BESIDE = frozenset(_BESIDE.split())


def important(text: str) -> list[str]:
    """The words that say what somebody wants, each once; all of them, where none does."""
    words = [word[:LONGEST] for word in fold(text).split()]
    return list(dict.fromkeys([word for word in words if word not in FILLERS] or words))[:MOST_WORDS]


def stem(word: str) -> str:
    """What a word begins with in its other forms: `groups` -> `group`. Looked for as a beginning."""
    if len(word) > 5 and word.endswith("ies"):
        return word[:-3]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=8)
def _phrases(directory: Any) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Each way of saying a term: the list it is of, its code, and the words that must be there."""
    return tuple(
        (of, term.code, frozenset(map(stem, important(phrase))))
        for of, terms in (("needs", directory.needs), ("circumstances", directory.circumstances))
        for term in terms
        if not term.retired
        for phrase in term.said
    )


def words_of(directory: Any) -> set[str]:
    """Every word in which the pack says people say a need."""
    terms = (*directory.needs, *directory.circumstances)
    words = {word for term in terms for said in (term.label, *term.said) for word in fold(said).split()}
    return {form for word in words for form in (word, stem(word)) if len(form) > 3}


def explained(directory: Any, words: Iterable[str]) -> dict[tuple[str, str], frozenset[str]]:
    """The needs and circumstances that somebody says in these words, in the order of the pack; and with each, which words say it."""
    typed = {stem(word) for word in words}
    found: dict[tuple[str, str], frozenset[str]] = {}
    for of, code, phrase in _phrases(directory):
        if phrase <= typed:
            found[of, code] = found.get((of, code), frozenset()) | phrase
    return found


def to_look_for(directory: Any, words: Iterable[str]) -> list[str]:
    """Of these words (as `stem` gives them) those that an entry is to say: without those that only say whose need it is.

    They stay where the others say no need; and beside a single other word, where the two say one ("wont go to school").
    """
    typed = list(words)
    typed = [word for word in typed if word not in FILLERS] or typed
    telling = [word for word in typed if word not in BESIDE]
    if not explained(directory, telling):
        return typed
    said = {word for phrase in explained(directory, typed).values() for word in phrase} if len(telling) == 1 else set()
    return [word for word in typed if word not in BESIDE or word in said]


def terms_said(directory: Any, words: Iterable[str]) -> list[tuple[str, str]]:
    """The needs and circumstances that somebody says in these words, in the order of the pack: each with the list it is of."""
    return list(explained(directory, words))


def needs_said(*texts: str | None) -> list[str]:
    """The codes of the needs that somebody wrote of in these texts. The words themselves go no farther."""
    words = [stem(word) for text in texts for word in fold(text or "").split()]
    return [code for of, code in terms_said(pack().directory, words) if of == "needs"]
