"""Every condition of a claim, worked out: met, not met or not known, each with the dated evidence it rests on and what is missing."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hearth.foundation.ui.filters import count, day
from hearth.oversight.programmes.needs import (
    MET,
    NOT_KNOWN,
    NOT_MET,
    Basis,
    Evidence,
    NeedFound,
    name_of,
    needs_found,
    on,
    outcomes_of,
)


@dataclass(frozen=True)
class Condition:
    """Something that must be so for a claim."""

    code: str
    title: str
    answer: str
    evidence: tuple[Evidence, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class Worked:
    """A claim worked out: its conditions, and each need."""

    conditions: tuple[Condition, ...]
    needs: tuple[NeedFound, ...]

    @property
    def holds(self) -> bool:
        """Whether every condition is met."""
        return all(each.answer == MET for each in self.conditions)

    @property
    def met(self) -> int:
        """How many conditions are met."""
        return sum(each.answer == MET for each in self.conditions)

    @property
    def not_met(self) -> list[str]:
        """The title of each condition that is not met or not known."""
        return [each.title for each in self.conditions if each.answer != MET]

    @property
    def missing(self) -> list[str]:
        """A sentence for each condition that is not met or not known."""
        said = {NOT_MET: "This is not so", NOT_KNOWN: "It is not known whether this is so"}
        return [
            f"{said[each.answer]}: “{each.title}”. {each.missing}" for each in self.conditions if each.answer != MET
        ]


def work_out(basis: Basis) -> Worked:
    """Every condition, in the order in which people read them."""
    needs = tuple(needs_found(basis))
    on_record = tuple(ON_RECORD[code](basis) for code in basis.rules.on_record)
    asked = tuple(need for need in needs if (rules := basis.rules.need(need.code)) and rules.is_asked)
    rest = (_in_time(basis), _needs(basis, needs), _all_met(asked), _all_sustained(asked), _not_opened_again(basis))
    return Worked((*on_record, *rest), needs)


def _dependent_child(basis: Basis) -> Condition:
    title, found, opened = (
        "A dependent child, or a child expected",
        basis.facts["children"],
        on(basis.facts["opened_on"]),
    )
    if found["under_18"] or found["expected"]:
        children, expected = (
            count(found["under_18"], "child", "children"),
            count(found["expected"], "child", "children"),
        )
        words = " and ".join(
            [f"{children} under 18"] * bool(found["under_18"]) + [f"{expected} expected"] * bool(found["expected"])
        )
        return Condition("dependent_child", title, MET, (Evidence(f"{words} when the case was opened", opened),))
    if found["older"] and not found["age_not_known"]:
        return Condition(
            "dependent_child", title, NOT_MET, missing="Every child on record was 18 or older when the case was opened."
        )
    return Condition(
        "dependent_child",
        title,
        NOT_KNOWN,
        missing="No child with a birth date is on record. Ask the lead practitioner.",
    )


def _assessment(basis: Basis) -> Condition:
    title, signed = "A whole-family assessment, signed off", basis.facts["assessments"]
    if not signed:
        return Condition("assessment", title, NOT_MET, missing="No assessment of this case was signed off by that day.")
    shown = tuple(Evidence(f"Assessment {each['reference']}, version {each['number']}, signed off", on(each["signed_off_on"]), each["reference"])
                  for each in signed)  # fmt: skip
    return Condition("assessment", title, MET, shown)


def _lead_practitioner(basis: Basis) -> Condition:
    since = on(basis.facts["lead_on"])
    if since is None:
        return Condition("lead_practitioner", "A lead practitioner", NOT_MET, missing="Nobody was named by that day.")
    return Condition("lead_practitioner", "A lead practitioner", MET, (Evidence("Somebody was named", since),))


def _plan(basis: Basis) -> Condition:
    agreed = [plan for plan in basis.facts["plans"] if plan["agreed_on"]]
    if not agreed:
        return Condition(
            "plan", "A plan that the family agreed", NOT_MET, missing="The family had agreed no plan by that day."
        )
    shown = tuple(
        Evidence(f"Plan {plan['reference']}, agreed with the family", on(plan["agreed_on"]), plan["reference"])
        for plan in agreed
    )
    return Condition("plan", "A plan that the family agreed", MET, shown)


ON_RECORD: dict[str, Callable[[Basis], Condition]] = {
    "dependent_child": _dependent_child,
    "assessment": _assessment,
    "lead_practitioner": _lead_practitioner,
    "plan": _plan,
}


def _in_time(basis: Basis) -> Condition:
    title, until = "The programme pays for that day", basis.rules.pays_until
    if basis.as_at < basis.from_on:
        return Condition("in_time", title, NOT_MET, missing=f"It began on {day(basis.from_on)}.")
    if until and basis.as_at > until:
        return Condition(
            "in_time", title, NOT_MET, missing=f"It ended. Claims can be made as at {day(until)} or before."
        )
    return Condition("in_time", title, MET, (Evidence("The day of the claim", basis.as_at),))


def _needs(basis: Basis, needs: tuple[NeedFound, ...]) -> Condition:
    wanted = basis.rules.needs_at_least
    title = f"At least {count(wanted, 'need', 'different needs')} found, and every outcome of the plan named"
    unnamed = [name_of(plan, outcome) for plan, outcome in outcomes_of(basis.facts) if outcome["id"] not in basis.named]
    shown = tuple(Evidence(need.label) for need in needs)
    if unnamed:
        return Condition(
            "needs", title, NOT_KNOWN, shown, f"Nobody has said which need these are about: {', '.join(unnamed)}."
        )
    if len(needs) < wanted:
        return Condition(
            "needs",
            title,
            NOT_MET,
            shown,
            f"{count(len(needs), 'need is', 'needs are')} named, and {wanted} are wanted.",
        )
    return Condition("needs", title, MET, shown)


def _worst(answers: Iterable[str]) -> str:
    found = set(answers)
    return NOT_MET if NOT_MET in found else NOT_KNOWN if NOT_KNOWN in found or not found else MET


def _all_met(needs: tuple[NeedFound, ...]) -> Condition:
    shown = tuple(
        Evidence(f"{need.label}: met since", need.since) for need in needs if need.since and need.answer == MET
    )
    open_ = [f"{need.label}: {need.missing}" for need in needs if need.answer != MET]
    missing = " ".join(open_) or "No need is named yet."
    answer = _worst(need.answer for need in needs)
    return Condition("met", "Every need that was found is met", answer, shown, "" if answer == MET else missing)


def _all_sustained(needs: tuple[NeedFound, ...]) -> Condition:
    shown = tuple(Evidence(f"{need.label}: still met on", need.lasted_on) for need in needs if need.sustained == MET)
    open_ = [f"{need.label}: {need.missing}" for need in needs if need.sustained != MET]
    missing = " ".join(open_) or "No need is named yet."
    answer = _worst(need.sustained for need in needs)
    return Condition(
        "sustained",
        "Every need has stayed met for as long as the programme asks",
        answer,
        shown,
        "" if answer == MET else missing,
    )


def _not_opened_again(basis: Basis) -> Condition:
    title, facts = "The case was not opened again", basis.facts
    if facts["taken_up_on"] and (not facts["closed_on"] or facts["closed_on"] < facts["taken_up_on"]):
        return Condition(
            "not_again", title, NOT_MET, missing=f"It was taken up again on {day(on(facts['taken_up_on']))}."
        )
    later = [each for each in facts["later_cases"] if each["follows"]]
    if later:
        words = f"Case {later[0]['case']} follows it, opened on {day(on(later[0]['opened_on']))}."
        return Condition("not_again", title, NOT_MET, missing=words)
    return Condition("not_again", title, MET, (Evidence("No case follows it by that day", basis.as_at),))


def opened_again_after(facts: dict[str, object], as_at: dt.date) -> str:
    """The sentence for a case that was opened again after the day of a claim; nothing where it was not."""
    taken = on(str(facts["taken_up_on"])) if facts["taken_up_on"] else None
    if taken and taken > as_at:
        return f"The case was taken up again on {day(taken)}."
    later: list[dict[str, str]] = facts["later_cases"]  # type: ignore[assignment]
    for each in later:
        opened = on(each["opened_on"])
        if each["follows"] and opened and opened > as_at:
            return f"The case was opened again on {day(opened)}: case {each['case']}."
    return ""
