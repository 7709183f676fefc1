"""How long what this room holds is kept, and how a person's own rows are found in it."""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "panels.PanelItem": Kept("panel", family="family", shared=True),
    "panels.ListEntry": Kept("panel", family="item__family", shared=True),
    "panels.DeclaredInterest": Kept("panel", family="item__family", shared=True),
    "panels.PanelDecision": Kept("panel", family="item__family", shared=True),
    "panels.PanelAction": Kept("panel", family="family", shared=True),
    "panels.Question": Kept(
        "question", why="nobody is named in it, and no family is attached: it goes by a time of its own"
    ),
}
