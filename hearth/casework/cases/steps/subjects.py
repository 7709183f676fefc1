"""How long what this room holds is kept, and how a person's own rows are found in it."""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "steps.CareStep": Kept("step_up", family="family", shared=True),
    "steps.BasisCheck": Kept("step_up", family="step__family", shared=True),
    "steps.FrozenItem": Kept("step_up", family="step__family", shared=True),
    "steps.FrozenFile": Kept("step_up", family="item__step__family", shared=True),
    "steps.Receipt": Kept("step_up", why="who received or read what, and when: it says nothing of a family"),
}
