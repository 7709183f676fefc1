"""How long what this room holds is kept, and how a family's own rows are found in it."""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "imports.ImportRun": Kept(
        "feed", why="an account of a workbook and its counts; what it says of families is in its rows"
    ),
    "imports.ImportFile": Kept("feed", why="the workbook's bytes, let go as soon as it has been read"),
    # A row that was refused became nobody's record: its cells are found by the number that the other system has for the child.
    "imports.ImportRow": Kept("feed", family="family", shared=True),
}
