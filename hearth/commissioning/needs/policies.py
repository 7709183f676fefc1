"""Row policies of intentions. The conditions are those of needs/reach.py. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.commissioning.needs.reach import PANELS, SEES, TOLD, WRITES, of_area, of_own_people, over_area
from hearth.foundation.core.policies import READERS, append_only, events, protect

INTENTION, AMOUNT, EVIDENCE, MOVE, ANSWERED = (
    "needs_intention", "needs_indicativeamount", "needs_evidence", "needs_intentionmove", "needs_answeredtheme",
)  # fmt: skip


def _of(table: str, condition: str) -> str:
    return f"exists (select 1 from {INTENTION} i where i.id = {table}.intention_id and {condition})"


def intentions() -> list[RunSQL]:
    """Seen in the district; told to its panels once agreed; and to whoever may read a theme that it answers. Amounts to our own people."""
    told = f"(state in {TOLD} and {of_area(PANELS)})"
    answers = f"exists (select 1 from {ANSWERED} a where a.intention_id = {INTENTION}.id)"
    sees, writes = of_area(SEES, "i.area_id"), over_area(WRITES, "i.area_id")
    theme = f"exists (select 1 from unmet_theme t where t.id = {ANSWERED}.theme_id)"
    answering = f"""exists (select 1 from unmet_theme t where t.id = {ANSWERED}.theme_id
        and ({over_area("work_themes", "t.area_id")} or {over_area("answer_escalated_needs", "t.area_id")}))"""
    return [
        append_only(
            ANSWERED,
            read=theme,
            add=f"by_id = hearth_reader() and {answering} and hearth_may_answer(intention_id, theme_id)",
        ),
        protect(
            INTENTION,
            read=f"{of_area(SEES)} or {told} or {answers}",
            add=f"drafted_by_id = hearth_reader() and state = 'drafted' and {over_area(WRITES)}",
            change=over_area(WRITES),
        ),
        RunSQL(
            f"revoke update on {INTENTION} from {READERS};"
            f"grant update (title, needs, what, buy_by, owner_id, state) on {INTENTION} to {READERS};",
            f"grant update on {INTENTION} to {READERS}",
        ),
        protect(
            AMOUNT,
            read=_of(AMOUNT, of_own_people("i.area_id")),
            add=_of(AMOUNT, writes),
            change=_of(AMOUNT, writes),
        ),
        RunSQL(
            f"revoke update on {AMOUNT} from {READERS}; grant update (pence) on {AMOUNT} to {READERS};",
            f"grant update on {AMOUNT} to {READERS}",
        ),
        append_only(
            EVIDENCE, read=_of(EVIDENCE, sees), add=f"cited_by_id = hearth_reader() and {_of(EVIDENCE, writes)}"
        ),
        append_only(MOVE, read=_of(MOVE, sees), add=f"by_id = hearth_reader() and {_of(MOVE, writes)}"),
        events("needs_intentionevent", INTENTION),
        events("needs_indicativeamountevent", AMOUNT),
    ]
