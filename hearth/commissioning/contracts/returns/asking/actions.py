"""Ask about a return, answer in place, certify."""

from typing import Any

from hearth.commissioning.contracts.returns import days, queries, telling
from hearth.commissioning.contracts.returns import rules as general
from hearth.commissioning.contracts.returns.actions import check_later
from hearth.commissioning.contracts.returns.asking import rules
from hearth.commissioning.contracts.returns.figures import figure_words, spent_words
from hearth.commissioning.contracts.returns.models import Part, Return, ReturnFigure, ReturnQuery, ReturnState
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean

OF_RETURN = {Part.CASE_STUDY: "case_study", Part.DIFFICULTIES: "difficulties"}


def reads_now(owner: Return, part: str, figure: ReturnFigure | None) -> str:
    """How a part of a return reads at this moment."""
    if figure is not None:
        return figure_words(figure)
    if part == Part.SPENT:
        return spent_words(owner)
    return str(getattr(owner, OF_RETURN[Part(part)])) if part in OF_RETURN else ""


@action
def query_return(
    *, by: Any, owner: Return, part: str, question: str, figure: ReturnFigure | None = None
) -> ReturnQuery:
    """Ask about one figure or part. The return goes back to its provider, who is told."""
    owner.hold()
    refuse(rules.why_not_query(by, owner))
    refuse(rules.why_not_this_query(owner, part, figure, question))
    made = ReturnQuery(
        owner=owner,
        number=ReturnQuery.objects.filter(owner=owner).count() + 1,
        part=part,
        figure=figure,
        question=clean(question).strip(),
        asked_by=by,
        due_on=days.answer_by(clock.today()),
        before=reads_now(owner, part, figure),
    )
    made.save(force_insert=True)
    owner.state = ReturnState.QUERIED
    _answer_due(owner)
    telling.tell_provider(by, owner, "return_queried", f"return_queried {made.pk}")
    record("returns.queried", subject=owner, part=part)
    return made


@action
def answer_query(
    *, by: Any, owner: Return, query: ReturnQuery, answer: str, actual: int | None = None, words: str = "", consented: bool = False,
    names_changed: bool = False,
) -> ReturnQuery:  # fmt: skip
    """Answer in place: what the part says from now on, and why. `actual` is the figure or the money, `words` what stands beside it."""
    owner.hold()
    query.hold()
    refuse(rules.why_not_answer(by, owner, query))
    refuse(rules.why_not_this_answer(query, answer, actual, words))
    figure = _write(by, owner, query, actual, clean(words).strip(), consented, names_changed)
    query.answer, query.answered_by, query.answered_at = clean(answer).strip(), by, clock.now()
    query.after = reads_now(owner, query.part, figure)
    query.save(update_fields=["answer", "answered_by", "answered_at", "after"])
    if _answer_due(owner) is None:
        check_later(by, owner)
        telling.tell_manager(by, owner, "return_answered", f"return_answered {query.pk}")
    record("returns.query_answered", subject=owner, part=query.part, changed=query.has_changed)
    return query


def _answer_due(owner: Return) -> Any:
    """Keep on the return the day of what waits longest; what waits for nobody is changed, and with the contract manager."""
    waits = ReturnQuery.objects.filter(owner=owner, answered_at=None).order_by("number")
    first = waits.first()
    owner.state = ReturnState.QUERIED if first else ReturnState.CHANGED
    owner.answer_due_on = first.due_on if first else None
    owner.save(update_fields=["state", "answer_due_on"])
    return first


def _write(
    by: Any, owner: Return, query: ReturnQuery, actual: int | None, words: str, consented: bool, names_changed: bool
) -> ReturnFigure | None:
    """Write what the answer changes; the figure, where it is about one."""
    if query.figure_id is not None:
        figure = next(each for each in queries.figures(by, owner) if each.pk == query.figure_id)
        figure.actual, figure.words = actual, words
        figure.save(update_fields=["actual", "words"])
        return figure
    if query.part == Part.SPENT:
        owner.spent_pence, owner.spent_words = actual, words
        owner.save(update_fields=["spent_pence", "spent_words"])
    elif query.part == Part.CASE_STUDY:
        refuse(general.why_not_this_story(words, consented, names_changed))
        owner.case_study, owner.consented, owner.names_changed = words, consented, names_changed
        owner.save(update_fields=["case_study", "consented", "names_changed"])
    elif query.part == Part.DIFFICULTIES:
        owner.difficulties = words
        owner.save(update_fields=["difficulties"])
    return None


@action
def certify_return(*, by: Any, owner: Return, words: str = "") -> Return:
    """Certify it: it stands as it is, in place of the version before it. Its provider is told."""
    owner.hold()
    waiting = ReturnQuery.objects.filter(owner=owner, answered_at=None).count()
    refuse(rules.why_not_certify(by, owner, open_queries=waiting))
    before = Return.objects.filter(
        contract=owner.contract, quarter=owner.quarter, state=ReturnState.CERTIFIED, replaced_at=None
    )
    replaced = before.update(replaced_at=clock.now())
    owner.state, owner.certified_at, owner.certified_by = ReturnState.CERTIFIED, clock.now(), by
    owner.certified_words = " ".join(clean(words).split())[:400]
    owner.save(update_fields=["state", "certified_at", "certified_by", "certified_words"])
    telling.tell_provider(by, owner, "return_certified", f"return_certified {owner.pk}")
    record("returns.certified", subject=owner, replaces=replaced)
    return owner
