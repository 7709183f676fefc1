"""How long what this room holds is kept, and how a person's own rows are found in it."""

from hearth.foundation.core.subjects import Kept

_BY_NUMBER = "by the number a partner knows them by: `erase_person` finds and removes them"

SUBJECTS: dict[str, Kept] = {
    "feeds.FeedLoad": Kept("feed", why="a file's account; its examples are let go when it is committed"),
    "feeds.FeedFilePart": Kept("feed", why="the bytes of a file that is not yet read"),
    "feeds.RowSetAside": Kept("feed", why=_BY_NUMBER),
    "feeds.FeedSubject": Kept("feed", why=_BY_NUMBER),
    "feeds.FeedDecision": Kept("feed", why="about a feed and a reader, never about a person in it"),
    "feeds.FeedToken": Kept("feed", why="about a machine of an organisation, never about a person in its files"),
}
