"""How long what this room holds is kept, and whose it is. A volunteer's own record is handed to them from its page, which prints."""

from hearth.foundation.core.subjects import Kept

OWN = "the volunteer's own, who is nobody of the register: their page prints all of it, and the night lets go of it when the pack says"

SUBJECTS: dict[str, Kept] = {
    **{
        f"volunteers.Volunteer{name}": Kept("volunteer", why=OWN)
        for name in ("", "Reference", "Check", "Training", "Interview")
    },
    **{
        f"volunteers.Volunteer{name}": Kept("case", family="family", shared=True)
        for name in ("Request", "Match", "Conflict")
    },
    **{
        f"volunteers.Volunteer{name}": Kept("case", family="match__family", shared=True) for name in ("Visit", "Review")
    },
}
