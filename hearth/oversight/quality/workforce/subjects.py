"""How long what this room holds is kept: it is of those who work, and goes so long after they have left; it names nobody who is helped."""

from hearth.foundation.core.subjects import Kept

OF_STAFF = "of somebody who works here: the night lets go of it when they have been gone for as long as the pack says"

SUBJECTS: dict[str, Kept] = {
    "workforce.Course": Kept("training", why="what can be learnt, and who puts it on"),
    "workforce.CourseRun": Kept("training", why="a day on which it can be learnt"),
    "workforce.CourseBooking": Kept("training", why=OF_STAFF),
    "workforce.NeedAnswer": Kept(
        "training", why="which course answers a need: it names no family, and of a panel it has a key alone"
    ),
    **{
        f"workforce.{name}": Kept("supervision", why=OF_STAFF)
        for name in ("Supervision", "SupervisionNote", "SupervisionOpening")
    },
    "workforce.TrainingRecord": Kept("training", why=OF_STAFF),
}
