"""Names folded in Python, so that a search gives the same answer on every database."""

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})
_LINES = str.maketrans("", "", "\n\t")
_UNSAFE = {"Cc", "Cs", "Co", "Cn"}
_BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff")


def fold(text: str) -> str:
    """Lower case, no accents, no apostrophes, hyphens as spaces, single spaces: `O'Brien-Łuczak` -> `obrien luczak`."""
    text = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"['’`ʼ.]", "", text)
    return re.sub(r"[\W_]+", " ", text).strip()


def upper_first(words: str) -> str:
    """As a sentence begins, the rest left alone: `same NHS number` -> `Same NHS number`."""
    return words[:1].upper() + words[1:]


def lower_first(words: str) -> str:
    """As it stands within a sentence; what begins with capitals stays: `Health` -> `health`, `NHS number` and `A&E` as they are."""
    return words if words[1:2].isupper() or words[1:2] == "&" else words[:1].lower() + words[1:]


def one_line(text: str, most: int) -> str:
    """What was typed into one line, as it may be stored."""
    return " ".join(clean(text).split())[:most]


def clean(text: str) -> str:
    """Text as it may be stored: normalised, without control characters or direction overrides; line ends as \\n."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    if text.translate(_LINES).isprintable():  # nearly all text, in no time: none of those characters can be printed
        return text
    return "".join(c for c in text if c in "\n\t" or (c not in _BIDI and unicodedata.category(c) not in _UNSAFE))
