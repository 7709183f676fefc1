"""Writes: ask for an export, make it, freeze it, make it again, and record to whom it was handed over."""

import datetime as dt
from typing import Any

from hearth.foundation.accounts.models import Area
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.jobs import defer
from hearth.foundation.core.pack import pack
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.oversight.performance.exports import rules, telling, writing
from hearth.oversight.performance.exports.dataset.tables import window_of
from hearth.oversight.performance.exports.models import Export, ExportFile, ExportGap, HandingOver, Kind
from hearth.oversight.performance.exports.queries import since_made
from hearth.oversight.performance.exports.reach import districts_of

STATE = Export.State


@action
def ask_for_export(
    *, by: Any, kind: str, from_on: dt.date, to_on: dt.date, purpose: str, goes_to: str, area: Area | None = None,
    again_of: Export | None = None, queue: bool = True,
) -> Export:  # fmt: skip
    """Ask for a file, with why and for whom. It is made in the background, unless whoever asks makes it themselves."""
    if kind == Kind.DATASET:  # its window is its own
        from_on = window_of(to_on)
    may = districts_of(by).filter(pk=area.pk) if area else districts_of(by)
    going_on = Export.objects.visible_to(by).filter(state__in=Export.OPEN).count()
    refuse(rules.why_not_ask(by, kind, from_on, to_on, purpose, goes_to, may.count(), going_on))
    export = Export(
        reference=drawn_reference("EX"), kind=kind, area=area, from_on=from_on, to_on=to_on, purpose=clean(purpose).strip(),
        goes_to=clean(goes_to).strip(), asked_by=by, again_of=again_of,
    )  # fmt: skip
    export.save(force_insert=True)
    record(
        "exports.asked", subject=export, kind=kind, from_on=from_on, to_on=to_on, area=area.code if area else "",
        again_of=again_of.reference if again_of else "",
    )  # fmt: skip
    if queue:
        defer("exports.make", export=export.id, by=by.id)
    return export


@action
def make_export_again(*, by: Any, export: Export) -> Export:
    """Ask for the same once more, as things stand now. The one before stays as it is."""
    export.hold()
    refuse(rules.why_not_make_again(by, export))
    later = Export.objects.visible_to(by).filter(again_of=export, state__in=Export.OPEN).first()
    if later is not None:  # sent twice, or from two tabs
        record("exports.asked_already", subject=later)
        return later
    made = ask_for_export(
        by=by, kind=export.kind, from_on=export.from_on, to_on=export.to_on, purpose=export.purpose, goes_to=export.goes_to,
        area=export.area, again_of=export,
    )  # fmt: skip
    record("exports.asked_again", subject=export, later=made.reference)
    return made


@action
def begin_export(*, by: Any, export: Export) -> bool:
    """Begin to make it: whether there is anything to make. Where another makes it just now, that one goes on."""
    export.hold()
    record("exports.begun", subject=export)
    if not export.is_open:
        return False
    refuse(rules.why_not_make_exports(by))
    export.state, export.percent = STATE.MAKING, 1
    export.save(update_fields=["state", "percent"])
    return True


@action
def freeze_export(*, by: Any, export: Export, made: Any) -> Export:
    """Keep the file as it was written, with its digest, its account and what was missing. It never changes after."""
    export.hold()
    if not export.is_open:  # made meanwhile by a second maker: the first one's stands
        record("exports.made_already", subject=export)
        return export
    refuse(rules.why_not_make_exports(by))
    content = made.path.read_bytes()
    ExportFile(export=export, bytes=content).save(force_insert=True)
    _list_gaps(export, made.checked)
    export.state, export.percent, export.doing, export.made_at = STATE.READY, 100, "", clock.now()
    export.districts, export.rows, export.gaps = [area.name for area in made.areas], made.rows, made.checked.as_frozen()
    export.statement, export.file_name, export.size = made.statement, telling.file_name(export), len(content)
    export.digest = writing.digest_of(made.path)
    export.until_on = clock.today() + dt.timedelta(days=pack().retention.export_days)
    export.save(
        update_fields=[
            "state", "percent", "doing", "made_at", "districts", "rows", "gaps", "statement", "file_name", "size", "digest", "until_on",
        ]
    )  # fmt: skip
    record(
        "exports.made", subject=export, kind=export.kind, from_on=export.from_on, to_on=export.to_on, rows=export.rows,
        districts=len(export.districts), digest=export.digest,
    )  # fmt: skip
    return export


def _list_gaps(export: Export, checked: Any) -> None:
    ExportGap.objects.bulk_create(
        (
            ExportGap(
                export=export, place=gap.place, column=gap.column[:60], row_reference=gap.row_reference, what=gap.what, wanted=gap.wanted,
                case_reference=gap.keeper.case_reference, keeper=gap.keeper.keeper, keeper_email=gap.keeper.keeper_email,
                keeper_organisation=gap.keeper.keeper_organisation, number=number,
            )
            for number, gap in enumerate(checked.listed, 1)
        ),
        batch_size=1_000,
    )  # fmt: skip


@action
def fail_export(*, by: Any, export: Export, fault: str) -> Export:
    """It could not be made, and why."""
    export.hold()
    record("exports.failed", subject=export)
    if export.is_open:
        export.state, export.fault, export.doing = STATE.FAILED, fault, ""
        export.save(update_fields=["state", "fault", "doing"])
    return export


@action
def hand_over_export(
    *, by: Any, export: Export, to_whom: str, how: str, handed_on: dt.date, words: str = ""
) -> HandingOver:
    """Record that somebody was given the file: who, how and when, with the digest of what they have."""
    export.hold()
    refuse(rules.why_not_hand_over(by, export, since_made(by, export), to_whom, how, handed_on))
    given = HandingOver(
        export=export, to_whom=clean(to_whom).strip(), how=how, handed_on=handed_on, words=clean(words).strip(), digest=export.digest,
        by=by,
    )  # fmt: skip
    given.save(force_insert=True)
    record("exports.handed_over", subject=export, how=how, handed_on=handed_on, digest=export.digest)
    return given
