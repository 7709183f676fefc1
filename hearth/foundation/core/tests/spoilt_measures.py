"""measures.toml made wrong one way at a time, and the sentence it must give."""

# As in spoilt_lists.py: the file, what it says, what it is made to say, the one sentence that must come of it.
SPOILT_MEASURES = {
    "a measure under an outcome that is not there": (
        "england/measures.toml",
        'outcome = "be_healthy"',
        'outcome = "be_happy"',
        "practice/england/measures.toml: measure[1].outcome: "
        'names "be_happy", which is not the code of a [[outcome]]: did you mean "be_healthy"?',
    ),
    "a project with a rule that is not there": (
        "measures.toml",
        'tolerance = "profile"',
        'tolerance = "profiles"',
        "practice/lancashire/measures.toml: project[1].tolerance: "
        'names "profiles", which is not the code of a [[tolerance]]: did you mean "profile"?',
    ),
    "a reason for closing that is not there": (
        "england/measures.toml",
        'mistakes = ["opened_in_error"]',
        'mistakes = ["opened_in_eror"]',
        "practice/england/measures.toml: mistakes[1]: "
        'names "opened_in_eror", which is not the code of a [[reason]] in closure.toml: did you mean "opened_in_error"?',
    ),
    "a measure that counts a part that is not there": (
        "england/measures.toml",
        'counts = ["assessed"]',
        'counts = ["seen"]',
        'practice/england/measures.toml: measure[4]: counts "seen", and social_care_referrals has no such part: '
        "it has assessed, assessed_earlier, begun, none",
    ),
    "a share of everything": (
        "england/measures.toml",
        'counts = ["assessed"]\n',
        "",
        "practice/england/measures.toml: measure[4]: is a percentage of all, and counts all of them: name in counts what is counted",
    ),
    "a source that nobody counts": (
        "england/measures.toml",
        'source = "cases_opened"',
        'source = "cases_open"',
        'practice/england/measures.toml: measure[14].source: must be one of "requests", "assessments_begun", "assessments_signed_off", '
        '"social_care_referrals", "cases_opened", "cases_ended", "after_closing", "plan_outcomes", "request_days", "assessment_days", '
        '"plan_days", "case_days", "step_up_days": did you mean "cases_opened"? (it is "cases_open")',
    ),
    "a target for what is neither better nor worse": (
        "england/measures.toml",
        'direction = "up"\ntolerance = "target"',
        'direction = "neither"\ntolerance = "target"',
        "practice/england/measures.toml: measure[11]: has a target: say in direction which way is better, and name a tolerance",
    ),
    "two measures of one outcome area": (
        "england/measures.toml",
        'about = ["stay_safe"]',
        'about = ["stay_safe", "be_healthy"]',
        'practice/lancashire/measures.toml: measure "safety_outcomes_met" is about "be_healthy", and so is "health_outcomes_met": '
        "one less the other would be shown too",
    ),
    "words that are out of order": (
        "measures.toml",
        "at_least_percent = 105",
        "at_least_percent = 90",
        "practice/lancashire/measures.toml: tolerance[2]: must have its words from the highest at_least_percent to the lowest: "
        "put them in order",
    ),
    "a share for which there is no word": (
        "measures.toml",
        '{ word = "Behind", at_least_percent = 0, tone = "bad" },\n]\n\n[[project]]',
        '{ word = "Behind", at_least_percent = 1, tone = "bad" },\n]\n\n[[project]]',
        "practice/lancashire/measures.toml: tolerance[2]: must have a last word with at_least_percent = 0, or some share would have none",
    ),
    "a row that is a number and is not": (
        "measures.toml",
        "profile = [{ as_at = 2012-03-20, figure = 160 }]",
        'profile = [{ as_at = 2012-03-20, words = "160" }]',
        "practice/lancashire/measures.toml: project[1].row[1]: "
        "must have profiles in numbers where total is one, and in words where it is not",
    ),
    "a profile after the end": (
        "measures.toml",
        "until_on = 2013-12-31",
        "until_on = 2012-03-19",
        "practice/lancashire/measures.toml: project[1]: has a profile as at 2012-03-20, which is before it begins or after it ends",
    ),
}
