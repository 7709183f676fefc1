"""How long what this room holds is kept, and how a person's own rows are found in it."""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "matching.LinkRun": Kept("feed", why="an account of files and counts; who they are about is in its columnar file"),
    "matching.MatchPair": Kept(
        "feed", why="by the numbers a partner knows them by: `erase_person` finds and empties them"
    ),
    "matching.MatchLabel": Kept(
        "feed", why="about a pair, by its reference; it says nothing of anybody once that is empty"
    ),
}
