"""How long what this room holds is kept: a file for some days, that there was one as long as the trail of who did what."""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "exports.Export": Kept(
        "audit_event", why="who asked for a file, why, for whom, of how many rows: it names nobody of a family"
    ),
    "exports.ExportFile": Kept(
        "audit_event", why="a copy of what the records say, let go on the day that retention.toml says (export_days)"
    ),
    "exports.ExportGap": Kept(
        "audit_event", why="references of what was missing in a file; they go with the file, on its last day"
    ),
    "exports.HandingOver": Kept("audit_event", why="to whom a file was given, how and when: what left, and by whom"),
}
