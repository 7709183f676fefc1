"""What people may change keeps its history: whatever the database lets a reader change is tracked, or says here why not."""

from typing import Any

import pytest
from django.db import models

from tests.architecture.test_models import NOUNS, OURS, _rows

# Tables whose rows a reader may change or remove and whose earlier state is kept nowhere else. Whoever adds one says why.
WITHOUT_HISTORY = {
    "contracts.Payment": "reversed once, with who, when and why; the ledger's own entry says it, and no other column can be changed",
    "returns.ListedPerson": "a name on a list goes whole when it is taken off, erased or let go: a history would keep it",
    "returns.PeopleList": "how many were put on it, and when, is in the trail; whom it names, nowhere",
    "ui.Draft": "what is being typed: history begins when it is saved",
    "ui.SentForm": "that a form was sent, so that it is done once",
    "accounts.SignInLink": "used once; then only that it was",
    "people.RestrictedSearch": "that somebody looked; seen once by the desk that is told, who and when stand on it",
    "directory.DirectoryFeed": "where it answers and how far it was read: each reading is a row of its own",
    "directory.DirectoryRun": "an account of one reading, written by the reading",
    "feeds.FeedLoad": "an account of one file: each state has its moment and its person on it, and each step an event",
    "feeds.FeedFilePart": "bytes of a file, let go as soon as it is read",
    "feeds.RowSetAside": "decided once, by whom and why stand on it; the sender's own file is the record",
    "feeds.FeedSubject": "made anew from each load, by the machine",
    "feeds.FeedToken": "withdrawn once: nothing else of it can be changed but when it was used",
    "insight.InsightRun": "an account of one run, written by the run",
    "insight.FamilyOfConcern": "made anew by each run, by the machine",
    "insight.Flag": "made anew by each run; what people decide of it are rows of their own",
    "insight.FlagDecision": "undone once, with who and when: it is never rewritten",
    "matching.LinkRun": "an account of one run, written by the run",
    "matching.MatchPair": "where a question has got to; what people answered are rows of their own, only ever added",
    "front_door.RequestDocument": "withdrawn once, with who, when and why: no other column can be changed but its family",
    "assessments.AssessmentDocument": "withdrawn once, with who, when and why: no other column can be changed",
    "governance.Disposal": "found by the machine; then deleted once, by a person who stands on it",
    "governance.Hold": "ended once, with who and when: no other column can be changed",
    "imports.ImportRun": "an account of one reading, written by the reading",
    "imports.ImportFile": "a workbook's bytes, let go as soon as it is read",
    "imports.ImportRow": "what became of a row, written by the reading",
    "plans.PlanDocument": "withdrawn once, with who, when and why: no other column can be changed",
    "procurement.CallFollower": "asked by somebody for themselves and taken back; each leaves its event in the trail",
    "procurement.CallFile": "taken out only while the call is being written, and never changed",
    "procurement.Keyholder": "each writes their own lock, and only while the call is being written",
    "programmes.NamedNeed": "ended once and followed by another: no other column can be changed",
    "programmes.Claim": "its evidence is frozen; what is decided on it is added once, with who and when",
    "programmes.SampledClaim": "what an audit found is added once, with who and when",
    "reports.Report": "each step of its way is a row of its own, and once approved a trigger lets nothing of it change",
    "reports.CaseStudy": "withdrawn, its words go whole: a history would keep them",
    "reports.ReportEdition": "never changes but that what it said goes when a later one follows; its digest stays: a trigger sees to that",
    "exports.Export": "written by whatever makes it, and never once it is made: a trigger sees to that",
}
# Of those, the ones of which a reader can write these columns and no others: the database holds the reason given above.
ONLY = {
    "contracts.Payment": {"reversed_at", "reversed_by_id", "reversed_why"},
    "feeds.FeedToken": {"last_used_at", "withdrawn_at", "withdrawn_by_id", "withdrawn_why"},
    "front_door.RequestDocument": {"family_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_because"},
    "assessments.AssessmentDocument": {"withdrawn_at", "withdrawn_by_id", "withdrawn_because"},
    "plans.PlanDocument": {"withdrawn_at", "withdrawn_by_id", "withdrawn_because"},
    "procurement.Keyholder": {"salt", "public_key", "locked_key", "set_at"},
    "programmes.NamedNeed": {"ended_at"},
    "reports.Report": {
        "state",
        "percent",
        "doing",
        "fault",
        "figures",
        "gathered_at",
        "sent_by_id",
        "approved_by_id",
        "approved_at",
    },
    "reports.ReportEdition": {"content", "pdf", "word", "ended_at"},
    "exports.Export": {
        "state",
        "percent",
        "doing",
        "fault",
        "made_at",
        "districts",
        "rows",
        "gaps",
        "statement",
        "file_name",
        "size",
        "digest",
        "until_on",
    },
    "programmes.Claim": {
        "state",
        "checked_by_id",
        "checked_at",
        "accepted_at",
        "check_words",
        "withdrawn_by_id",
        "withdrawn_at",
        "withdrawn_why",
    },
    "programmes.SampledClaim": {"finding", "words", "found_by_id", "found_at", "version"},
}
TRACKED = {model.pgh_tracked_model for model in OURS if hasattr(model, "pgh_tracked_model")}


def _columns_to_change(table: str) -> set[str]:
    """Columns of a table that the web process or the worker may write in a row that is there already."""
    rows = _rows(
        "select a.attname from pg_attribute a, unnest(array['hearth_web', 'hearth_worker']) r"
        f" where a.attrelid = '{table}'::regclass and a.attnum > 0 and not a.attisdropped"
        " and has_column_privilege(r, a.attrelid, a.attnum, 'update')"
    )
    return {name for (name,) in rows}


def _may_be(verb: str, table: str) -> bool:
    """Whether a policy lets a reader do it to some row."""
    rows = _rows(
        f"select 1 from pg_policies where tablename = '{table}' and cmd in ('{verb}', 'ALL')"
        " and roles && array['hearth_web', 'hearth_worker']::name[] and qual is distinct from 'false'"
    )
    return bool(rows)


def _may_be_removed(table: str) -> bool:
    allowed = f"select bool_or(has_table_privilege(r, '{table}', 'delete')) from unnest(array['hearth_web', 'hearth_worker']) r"
    return _rows(allowed) == [(True,)] and _may_be("DELETE", table)


def _may_change(model: type[models.Model]) -> bool:
    table = model._meta.db_table
    return (bool(_columns_to_change(table)) and _may_be("UPDATE", table)) or _may_be_removed(table)


@pytest.fixture
def changed(db: None) -> set[Any]:
    """The nouns that a reader may change or remove."""
    return {model for model in NOUNS if _may_change(model)}


def test_whatever_a_reader_may_change_keeps_its_history_or_says_why_not(changed: set[Any]) -> None:
    assert len(TRACKED & changed) > 25
    assert sorted(m._meta.label for m in changed - TRACKED) == sorted(WITHOUT_HISTORY)


def test_what_is_changed_once_can_be_changed_in_those_columns_alone(db: None) -> None:
    tables = {model._meta.label: model._meta.db_table for model in NOUNS}
    for label, columns in ONLY.items():
        assert _columns_to_change(tables[label]) == columns, label


def test_the_database_itself_writes_a_history_row_for_each_row_added_and_changed(db: None) -> None:
    rows = _rows(
        "select t.tgrelid::regclass::text, (t.tgtype & 4) <> 0, (t.tgtype & 16) <> 0 from pg_trigger t"
        " join pg_proc p on p.oid = t.tgfoid where p.prosrc ~* 'insert into \"\\w+event\"' and t.tgenabled <> 'D'"
    )
    on_adding, on_changing = ({table for table, *when in rows if when[what]} for what in (0, 1))
    tables = {model._meta.db_table for model in TRACKED}
    assert len(tables) > 40
    assert tables - on_adding == set() and tables - on_changing == set()
