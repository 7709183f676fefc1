"""Draft an intention, change it, cite evidence for it, move it on, and have it answer a theme of unmet need."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from hearth.casework.panels.unmet.models import Theme
from hearth.commissioning.needs import rules
from hearth.commissioning.needs.evidence import offered
from hearth.commissioning.needs.models import (
    AnsweredTheme,
    Evidence,
    IndicativeAmount,
    Intention,
    IntentionMove,
    IntentionState,
)
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean, one_line
from hearth.foundation.ui.filters import pounds


@action
def draft_intention(
    *, by: Any, title: str, needs: Sequence[str], what: str, buy_by: dt.date, pence: int, owner: Any, area: Any = None,
    key: uuid.UUID | None = None,
) -> Intention:  # fmt: skip
    """Write down what is meant to be bought for a district, or for the whole authority; once from one page."""
    refuse(rules.why_not_write(by, area))
    title, what, needs = one_line(title, 120), clean(what).strip(), list(dict.fromkeys(needs))
    refuse(rules.why_not_these_words(title, needs, what) or rules.why_not_by(buy_by))
    refuse(rules.why_not_this_amount(pence) or rules.why_not_own(owner, area))
    key = key_of_sending(key, title, area, needs, what, buy_by, pence, owner)
    sent_before = Intention.objects.filter(drafted_by=by, key=key).first()
    if sent_before is not None:
        record("needs.intention_sent_again", subject=sent_before)
        return sent_before
    intention = Intention(
        reference=drawn_reference("CI"), title=title, area=area, needs=needs, what=what, buy_by=buy_by, owner=owner,
        drafted_by=by, key=key,
    )  # fmt: skip
    intention.save(force_insert=True)
    IndicativeAmount(intention=intention, pence=pence).save(force_insert=True)
    _move(by, intention, "")
    record(
        "needs.intention_drafted", subject=intention, area=area.code if area else "", needs=needs, pence=pence, owner=owner.reference
    )  # fmt: skip
    return intention


@action
def change_intention(
    *, by: Any, intention: Intention, title: str, needs: Sequence[str], what: str, buy_by: dt.date, pence: int, owner: Any,
    seen: str | None = None,
) -> Intention:  # fmt: skip
    """Change what is meant to be bought, by when, for about how much, and who answers for it. Each change is kept."""
    intention.hold()
    refuse(rules.why_not_change(by, intention))
    title, what, needs = one_line(title, 120), clean(what).strip(), list(dict.fromkeys(needs))
    refuse(rules.why_not_these_words(title, needs, what))
    refuse(rules.why_not_by(buy_by) if buy_by != intention.buy_by else None)
    refuse(rules.why_not_this_amount(pence) or rules.why_not_own(owner, intention.area))
    amount = IndicativeAmount.objects.get(intention=intention)
    amount.hold()
    both = WithAmount(intention, amount)
    typed = {"title": title, "needs": needs, "what": what, "buy_by": buy_by, "owner_id": owner.pk, "pence": pence}
    said = {"needs": ", ".join, "buy_by": _day, "owner_id": str, "pence": pounds}
    changed = write_seen(both, seen, typed, said)
    both.save(changed)
    record("needs.intention_changed", subject=intention, changed=changed)
    return intention


class WithAmount:
    """An intention and its amount as one row: what somebody saw of both, and what they change."""

    def __init__(self, intention: Intention, amount: IndicativeAmount) -> None:
        self.__dict__.update(intention=intention, amount=amount)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.amount if name == "pence" else self.intention, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.amount if name == "pence" else self.intention, name, value)

    def save(self, changed: Sequence[str]) -> None:
        """Each where it stands."""
        mine = [name for name in changed if name != "pence"]
        if mine:
            self.intention.save(update_fields=mine)
        if "pence" in changed:
            self.amount.save(update_fields=["pence"])


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


@action
def cite_evidence(*, by: Any, intention: Intention, chosen: Sequence[str]) -> list[Evidence]:
    """Freeze figures as they stand today, and name themes, as reasons for an intention; each once a day."""
    intention.hold()
    refuse(rules.why_not_cite(by, intention))
    there = {each.key: each for each in offered(by, intention)}
    wanted = [there[key] for key in dict.fromkeys(chosen) if key in there]
    refuse(rules.why_not_this_evidence(wanted))
    today, cited = clock.today(), []
    standing = set(Evidence.objects.filter(intention=intention, as_at=today).values_list("source", "need", "theme_id"))
    for each in wanted:
        theme = each.theme.pk if each.theme else None
        if (str(each.source), each.need, theme) not in standing:
            row = Evidence(
                intention=intention, source=each.source, area=intention.area, need=each.need, theme=each.theme,
                words=each.words[:300], figure=each.figure, definition=each.definition, as_at=today, cited_by=by,
            )  # fmt: skip
            row.save(force_insert=True)
            cited.append(row)
    record("needs.evidence_cited", subject=intention, cited=len(cited), asked=len(wanted))
    return cited


@action
def move_intention(*, by: Any, intention: Intention, state: str, words: str) -> Intention:
    """Agree it, say that it is bought, or withdraw it, saying why."""
    intention.hold()
    words = clean(words).strip()
    refuse(rules.why_not_move(by, intention, state) or rules.why_not_these_reasons(words))
    intention.state = IntentionState(state)
    intention.save(update_fields=["state"])
    _move(by, intention, words)
    record(f"needs.intention_{intention.state}", subject=intention)
    return intention


def _move(by: Any, intention: Intention, words: str) -> None:
    IntentionMove(intention=intention, state=intention.state, words=words, by=by).save(force_insert=True)


@action
def cite_in_answer(*, by: Any, theme: Theme, intention: Intention) -> AnsweredTheme:
    """An intention answers a theme of unmet need. The answer itself is the theme's; the desk gives both at once."""
    refuse(rules.why_not_answer_with(theme, intention))
    found = AnsweredTheme.objects.filter(theme=theme, intention=intention).first()
    if found is None:
        found = AnsweredTheme(theme=theme, intention=intention, by=by)
        found.save(force_insert=True)
    record("needs.theme_answered", subject=intention, theme=theme.reference)
    return found
