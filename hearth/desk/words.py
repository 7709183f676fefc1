"""Stored codes in words: audit verbs, stages, levels."""

from hearth.casework.cases.models import Stage
from hearth.foundation.core.pack import label_of, pack

WORDS: dict[str, str] = {
    "people.family_opened": "added the family",
    "people.person_added": "added a person",
    "people.person_changed": "changed what is known of a person",
    "people.family_member_added": "added somebody to the family",
    "people.family_joined": "joined somebody to the family",
    "people.family_left": "took somebody out of the family",
    "people.parent_recorded": "recorded a parent in the family",
    "people.home_moved": "wrote down a move of home",
    "people.family_moved": "moved the family to another area",
    "cases.case_opened": "opened a case",
    "cases.lead_named": "named a lead practitioner",
    "cases.team_joined": "added somebody to the team around the family",
    "cases.team_left": "took somebody from the team around the family",
    "cases.level_set": "set the level of need",
    "cases.case_closed": "closed the case",
    "cases.case_reopened": "reopened the case",
    "cases.case_taken_up": "took up again the case that was closed by mistake",
    "cases.case_moved": "moved the case to another area",
    "cases.try_made": "tried to reach the family",
    "assessments.assessment_started": "started an assessment",
    "assessments.version_started": "started a new version of the assessment",
    "assessments.section_written": "wrote in the assessment",
    "assessments.assessment_sent": "sent the assessment to a manager",
    "assessments.assessment_taken_back": "took the assessment back from the manager",
    "assessments.assessment_returned": "returned the assessment with comments",
    "assessments.assessment_signed_off": "signed off the assessment",
    "plans.plan_started": "started a plan",
    "plans.plan_described": "wrote in the plan",
    "plans.plan_agreed": "agreed the plan with the family",
    "plans.plan_ended": "ended the plan",
    "plans.type_changed": "changed the kind of plan",
    "plans.outcome_added": "added an outcome to the plan",
    "plans.outcome_changed": "changed an outcome of the plan",
    "plans.outcome_ended": "ended an outcome of the plan",
    "plans.action_added": "added an action to the plan",
    "plans.action_changed": "changed an action of the plan",
    "plans.action_finished": "finished an action of the plan",
    "plans.action_undone": "took back that an action was done",
    "plans.meeting_planned": "planned a meeting",
    "plans.meeting_changed": "changed a meeting",
    "plans.meeting_cancelled": "cancelled a meeting",
    "plans.meeting_held": "wrote down a meeting",
    "plans.review_recorded": "recorded a review",
    "plans.review_corrected": "corrected a review",
    "notes.note_added": "wrote a note",
    "notes.note_corrected": "corrected a note",
    "sharing.consent_recorded": "recorded consent",
    "sharing.consent_withdrawn": "recorded that consent was withdrawn",
    "sharing.exception_recorded": "recorded sharing without consent",
    "quality.findings_sent": "sent the findings of an audit",
    "quality.findings_answered": "answered the findings of an audit",
    "quality.action_added": "added something to do after an audit",
    "quality.action_done": "did something after an audit",
    "steps.step_up_requested": "asked social care to take the case",
    "steps.step_up_accepted": "accepted the step up",
    "steps.step_up_declined": "declined the step up",
    "steps.step_down_requested": "asked early help to take the case",
    "steps.step_down_accepted": "accepted the step down",
    "steps.step_down_declined": "declined the step down",
    "steps.step_withdrawn": "withdrew the step",
    "panels.item_proposed": "brought the family to a panel",
    "panels.item_withdrawn": "took the family off a panel's list",
    "panels.item_carried_on": "took the family to a later meeting of the panel, as this one was called off",
    "panels.item_put_off": "put the family off to a later meeting of the panel",
    "panels.item_decided": "wrote down what the panel decided",
    "panels.check_answered": "told the panel what their agency knows",
    "panels.told_of_item": "told somebody, without a name, what the panel discusses",
    "panels.admitted_to_item": "let somebody read what the panel discusses",
    "panels.decision_taken_back": "took back a decision of the panel",
    "panels.action_added": "wrote down an action of the panel",
    "panels.action_finished": "finished an action of the panel",
    "panels.first_help_recorded": "wrote down when the help that the panel decided began",
    "panels.interest_declared": "wrote down an interest in what the panel discusses",
    "desk.panel_heard": "wrote down what the panel said",
    "plans.service_asked": "asked a service to help",
    "plans.service_answered": "wrote down what a service answered",
    "plans.service_referral_withdrawn": "took back what a service was asked",
    "money.purchase_asked": "asked for something to be bought",
    "unmet.need_recorded": "wrote down a need that nobody could meet",
    "unmet.need_added_to": "added to a need that nobody could meet",
    "desk.panel_day_changed": "changed the day of the panel",
    "front_door.request_passed_on": "passed a request on to the agency that helps",
    "front_door.passing_answered": "answered whether their agency helps",
    "desk.request_accepted": "accepted a request for help",
    "front_door.decision_reopened": "reopened the decision on a request",
    "front_door.referrer_told": "told the referrer what was decided",
}
# What another line says already, or what concerns nobody but whoever did it.
QUIET = frozenset(
    {
        "people.access_given",
        "people.access_ended",
        "people.access_changed",
        "people.access_confirmed",
        "people.area_access_opened",
        "people.area_access_narrowed",
        "people.access_all_ended",
        "desk.request_decided",
        "front_door.request_decided",
        "front_door.note_written",
        "front_door.referrer_told_already",
        "front_door.answer_read",
        "cases.stage_set",
        "steps.pack_receipted",
        "steps.answer_receipted",
        "messages.message_asked_for",
        "panels.action_chased",
        "panels.answer_read",
        "plans.service_answer_read",
        "desk.purchase_asked_from_plan",
        "desk.purchase_asked_from_panel",
    }
)


def words_for(verb: str) -> str:
    """The verb in words; one that has none reads from its own name: `plans.plan_agreed` -> `plan agreed`."""
    return WORDS.get(verb) or verb.split(".", 1)[-1].replace("_", " ")


def stage_words() -> dict[str, str]:
    """Each stage of a case in words."""
    return {str(code): str(words) for code, words in Stage.choices}


def level_words(code: str) -> str:
    """A level of need as the pack words it; empty where none was decided."""
    return label_of(pack().levels.levels, code) if code else ""
