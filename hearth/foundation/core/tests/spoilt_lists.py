"""Lists and files of a pack made to disagree, and the sentence it must give."""

# (file, what it says, what it is made to say, the one sentence that must come of it)
SPOILT_LISTS = {
    "a code given twice": (
        "plans.toml",
        'code = "return_home"',
        'code = "early_help"',
        'practice/lancashire/plans.toml: type[3].code: is "early_help", and so is type[1].code: change one of them',
    ),
    "a district with a locality's code": (
        "areas.toml",
        'code = "burnley"',
        'code = "east"',
        'practice/lancashire/areas.toml: district[1].code: is "east", and so is locality[3].code: change one of them',
    ),
    "a district with the authority's code": (
        "areas.toml",
        'code = "burnley"',
        'code = "lancashire"',
        "practice/lancashire/areas.toml: district[1].code: "
        'is "lancashire", the code of the whole authority: give it one of its own',
    ),
    "a locality that is not there": (
        "areas.toml",
        'locality = "central"',
        'locality = "centre"',
        "practice/lancashire/areas.toml: district[2].locality: "
        'names "centre", which is not the code of a [[locality]]: did you mean "central"?',
    ),
    "a level that is not there": (
        "front_door.toml",
        'levels = ["specialist"]',
        'levels = ["level_four"]',
        "practice/lancashire/front_door.toml: outcome[5].levels[1]: "
        'names "level_four", which is not the code of a [[level]] in levels.toml: '
        'those known are "intensive", "specialist", "universal", "universal_plus"',
    ),
    "a locality within itself": (
        "areas.toml",
        'name = "North Lancashire"\n',
        'name = "North Lancashire"\nparent = "north"\n',
        "practice/lancashire/areas.toml: locality[1].parent: leads round to itself: a locality cannot lie in itself",
    ),
    "a decision left out": (
        "front_door.toml",
        'code = "panel"',
        'code = "advice"',
        'practice/lancashire/front_door.toml: outcome: needs one with code = "panel": add a [[outcome]]',
    ),
    "a sector that is not there": (
        "panels.toml",
        '"adult_services", "housing", "voluntary"]',
        '"adult_services", "house", "voluntary"]',
        "practice/lancashire/panels.toml: kind[1].sectors[8]: "
        'names "house", which is not the code of a [[sector]] in organisations.toml: did you mean "housing"?',
    ),
    "a group it reports to that is not there": (
        "panels.toml",
        'reports_to = "sub_group"',
        'reports_to = "subgroup"',
        "practice/lancashire/panels.toml: kind[1].reports_to: "
        'names "subgroup", which is not the code of a [[kind]]: did you mean "sub_group"?',
    ),
    "a quorum of more sectors than there are": (
        "panels.toml",
        "quorum = 1",
        "quorum = 6",
        "practice/lancashire/panels.toml: kind[3].quorum: is 6, and there are 4 sectors: ask for no more than there are",
    ),
    "a cadence that goes back": (
        "panels.toml",
        "from_on = 2012-04-01",
        "from_on = 2010-09-01",
        "practice/lancashire/panels.toml: kind[2].cadence[2].from_on: must be later than 2010-09-01 (it is 2010-09-01)",
    ),
    "members answer before they have the list": (
        "panels.toml",
        "list_days = 10",
        "list_days = 1",
        "practice/lancashire/panels.toml: kind[3].check_days: "
        "is 1, and list_days is 1: members answer after they have the list",
    ),
    "a record kind left out": (
        "retention.toml",
        'record = "audit_event"',
        'record = "message"',
        'practice/lancashire/retention.toml: rule: needs one with record = "audit_event": add a [[rule]]',
    ),
    "a colour too light to read": (
        "authority.toml",
        'header_colour = "#8a1538"',
        'header_colour = "#ffcc00"',
        "practice/lancashire/authority.toml: header_colour: must be darker: white on it has contrast 1.51, "
        'and 4.5 is the least for reading (it is "#ffcc00")',
    ),
    "a colour just too light": (
        "authority.toml",
        'accent_colour = "#7a1231"',
        'accent_colour = "#777777"',
        "practice/lancashire/authority.toml: accent_colour: must be darker: white on it has contrast 4.47, "
        'and 4.5 is the least for reading (it is "#777777")',
    ),
    "a colour by name": (
        "authority.toml",
        'header_colour = "#8a1538"',
        'header_colour = "burgundy"',
        "practice/lancashire/authority.toml: header_colour: must be a colour like #00524c: "
        'a hash and six of 0-9 and a-f (it is "burgundy")',
    ),
    "a telephone number with a letter": (
        "authority.toml",
        'phone = "01632 960100"',
        'phone = "01632 96O100"',
        "practice/lancashire/authority.toml: phone: "
        'must be a telephone number like 01632 960001 (it is "01632 96O100")',
    ),
    "an e-mail address without a place": (
        "messages.toml",
        'email_sender = "no.reply@lancashire.example"',
        'email_sender = "no.reply"',
        "practice/lancashire/messages.toml: email_sender: "
        'must be an e-mail address like early.help@lancashire.example (it is "no.reply")',
    ),
    "closure days the wrong way round": (
        "calendar.toml",
        "last_on = 2026-12-31",
        "last_on = 2026-12-03",
        "practice/lancashire/calendar.toml: closure[2]: "
        "last_on (2026-12-03) is before first_on (2026-12-29): put them in order",
    ),
    "closure days of a year by mistake": (
        "calendar.toml",
        "last_on = 2026-12-31",
        "last_on = 2027-12-31",
        "practice/lancashire/calendar.toml: closure[2]: lasts 368 days: check the years of first_on and last_on",
    ),
    "an office that shuts before it opens": (
        "calendar.toml",
        "closes_at = 17:00:00",
        "closes_at = 05:00:00",
        "practice/lancashire/calendar.toml: closes_at (05:00) must be later than opens_at (08:45)",
    ),
    "a bank holiday at a weekend, in the shared file": (
        "england/bank-holidays.toml",
        "on = 2009-12-28",
        "on = 2009-12-26",
        "practice/england/bank-holidays.toml: bank_holiday[8].on: "
        "is a Saturday: give the weekday that is kept instead (it is 2009-12-26)",
    ),
    "a bank holiday left out": (
        "england/bank-holidays.toml",
        '[[bank_holiday]]\non = 2028-12-26\nname = "Boxing Day"\n',
        "",
        "practice/england/bank-holidays.toml: bank_holiday: "
        "has 7 days in 2028, and England has 8 or more each year: add those left out",
    ),
    "a bank holiday given twice": (
        "england/bank-holidays.toml",
        "on = 2009-01-01",
        "on = 2009-04-10",
        "practice/england/bank-holidays.toml: bank_holiday[2].on: "
        "is 2009-04-10, and so is bank_holiday[1].on: change one of them",
    ),
    "a choice with nothing to choose from": (
        "england/caf.toml",
        'code = "home"\nlabel = "Who lives at home, and what is home like?"\nkind = "long_text"',
        'code = "home"\nlabel = "Who lives at home, and what is home like?"\nkind = "choice"',
        "practice/england/caf.toml: section[1].question[4]: "
        'needs two or more [[...option]] because its kind is "choice"',
    ),
    "a scale without words": (
        "england/caf.toml",
        'low = "as bad as can be"\n',
        "",
        "practice/england/caf.toml: section[6].question[4]: "
        "needs low and high: say in words what 0 means and what 10 means",
    ),
    "a question asked twice in one form": (
        "england/caf.toml",
        'code = "warmth"',
        'code = "home"',
        "practice/england/caf.toml: section[4].question[2].code: "
        'is "home", and so is section[1].question[4].code: change one of them',
    ),
    "a kind of question nobody knows": (
        "england/caf.toml",
        'kind = "date"',
        'kind = "dates"',
        'practice/england/caf.toml: section[7].question[1].kind: must be one of "text", "long_text", "choice", "many", '
        '"scale_0_10", "date", "yes_no_not_sure", "strengths_and_needs": did you mean "date"? (it is "dates")',
    ),
    "a rule that counts only together, and in nothing": (
        "england/framework-local.toml",
        ', "early_help"]',
        "]",
        "practice/lancashire/framework-local.toml: indicator[9].only_together: "
        "is true, and no combination of this framework names it: name it in one, or take this out",
    ),
    "a form that is not the version its name says": (
        "assessment-form-1.toml",
        "version = 1",
        "version = 2",
        "practice/lancashire/assessment-form-1.toml: version: "
        "is 2, and the file is assessment-form-1.toml: make them agree",
    ),
    "a pack with another's name": (
        "authority.toml",
        'code = "lancashire"',
        'code = "lancs"',
        'practice/lancashire/authority.toml: code: must be "lancashire", as the folder is (it is "lancs")',
    ),
    "a promise the clocks do not keep": (
        "limits.toml",
        "receipt_to_decision = 3",
        "receipt_to_decision = 5",
        "practice/lancashire/request_form.toml: asker[1].what_happens_next: "
        "promises 3 working days, and receipt_to_decision in limits.toml is 5: make them agree",
    ),
    "more ways of trying than tries": (
        "england/closure.toml",
        "least_ways = 2",
        "least_ways = 4",
        "practice/lancashire/closure.toml: least_ways (4) must not be more than least_tries (3)",
    ),
    "no level for early help": (
        "stockton/levels.toml",
        "early_help = true",
        "early_help = false",
        "practice/stockton/levels.toml: level: has none with early_help = true: say which levels those are",
    ),
    "two states a new action has": (
        "plans.toml",
        'label = "Under way"',
        'label = "Under way"\nstarts = true',
        "practice/lancashire/plans.toml: action_state: must have exactly one with starts = true (it has 2)",
    ),
    "no way to write down a contact that failed": (
        "england/notes.toml",
        "failed = true",
        "failed = false",
        "practice/england/notes.toml: kind: has none with failed = true: "
        "a contact that failed must have somewhere to be written",
    ),
    "a source code the DfE does not have": (
        "england/organisations.toml",
        'contact_source = "3A"',
        'contact_source = "3Z"',
        "practice/england/organisations.toml: kind[1].contact_source: "
        'must be a DfE referral source, 1A to 10, such as 2A for a school (it is "3Z")',
    ),
    "a quotation mark left off": (
        "words.toml",
        'plan = "family plan"',
        'plan = "family plan',
        "practice/lancashire/words.toml: line 10, column 20: "
        "ends before its quotation mark: put one at the end of the text",
    ),
    "a key given twice": (
        "words.toml",
        'plan = "family plan"',
        'plan = "family plan"\nplan = "plan"',
        "practice/lancashire/words.toml: line 11, column 14: is given twice: take one out",
    ),
    "a file to include that is not there": (
        "notes.toml",
        "../england/notes.toml",
        "../england/note.toml",
        "practice/lancashire/notes.toml: include: "
        "names practice/england/note.toml, which does not exist: put it there or mend the name",
    ),
    "a file to include from outside the practice folder": (
        "notes.toml",
        "../england/notes.toml",
        "../../../etc/passwd",
        "practice/lancashire/notes.toml: include: "
        'must be a .toml file of another folder beside this one (it is "../../../etc/passwd")',
    ),
    "an include that is a list": (
        "notes.toml",
        '"../england/notes.toml"',
        '["../england/notes.toml"]',
        "practice/lancashire/notes.toml: include: "
        'must be one file in quotation marks, like "../england/bank-holidays.toml"',
    ),
    "an included file that includes": (
        "england/notes.toml",
        "[[kind]]",
        'include = "../england/sharing.toml"\n\n[[kind]]',
        "practice/england/notes.toml: include: is in a file that is itself included: take it out",
    ),
    "a touchpoint at an age that is none": (
        "england/pathway-early-years.toml",
        'opens = "-34 weeks"',
        'opens = "34 weeks before"',
        "practice/england/pathway-early-years.toml: touchpoint[1].opens: must be birth, an age such as -28 weeks, "
        '10 days or 5 years, or such as start of reception or end of year 6 (it is "34 weeks before")',
    ),
    "a touchpoint that closes before it opens": (
        "england/pathway-early-years.toml",
        'closes = "-30 weeks"',
        'closes = "-36 weeks"',
        'practice/england/pathway-early-years.toml: touchpoint[1]: closes at "-36 weeks", before it opens at "-34 weeks": '
        "put them the right way round",
    ),
    "a touchpoint of a need that is not there": (
        "england/pathway-early-years.toml",
        '"domestic_abuse"',
        '"domestic_abus"',
        'practice/england/pathway-early-years.toml: touchpoint[1].needs[2]: names "domestic_abus", '
        'which is not the code of a [[need]] in directory.toml: did you mean "domestic_abuse"?',
    ),
    "a touchpoint of a stage that is not there": (
        "england/pathway-early-years.toml",
        'stage = "pregnancy"',
        'stage = "pregnant"',
        'practice/england/pathway-early-years.toml: touchpoint[1].stage: names "pregnant", '
        'which is not the code of a [[stage]]: did you mean "pregnancy"?',
    ),
    "a touchpoint with the code of another pathway's": (
        "england/pathway-school-age.toml",
        'code = "phonics"',
        'code = "booking"',
        'practice/lancashire/pathway-school-age.toml: touchpoint[3].code: is "booking", '
        "as one of pathway-early-years.toml is: change one of them",
    ),
    "a pathway with another name than its file": (
        "england/pathway-early-years.toml",
        'code = "early-years"',
        'code = "early"',
        'practice/lancashire/pathway-early-years.toml: code: is "early", '
        "and the file is pathway-early-years.toml: make them agree",
    ),
    "two pathways in one place": (
        "england/pathway-school-age.toml",
        "order = 2",
        "order = 1",
        "practice/lancashire/pathway-school-age.toml: order: is 1, as in pathway-early-years.toml: change one of them",
    ),
    "levels of governance out of order": (
        "unmet.toml",
        'reach = "authority"',
        'reach = "district"',
        'practice/lancashire/unmet.toml: level: must rise: "trust_board" reaches less far than "area_commissioning_group" before it. '
        "Put them in order, the board last",
    ),
    "a level of governance that reaches nowhere known": (
        "unmet.toml",
        'reach = "locality"',
        'reach = "county"',
        'practice/lancashire/unmet.toml: level[2].reach: must be one of "district", "locality", "authority" (it is "county")',
    ),
    "a level of governance of localities where there are none": (
        "stockton/unmet.toml",
        'reach = "authority"',
        'reach = "locality"',
        'practice/stockton/unmet.toml: level[1].reach: is "locality", and areas.toml has no [[locality]]: choose "district" or "authority"',
    ),
    "a level of governance that never answers": (
        "unmet.toml",
        "answer_days = 40",
        "answer_days = 0",
        "practice/lancashire/unmet.toml: level[3].answer_days: must be 1 or more (it is 0)",
    ),
    "an unmet need given twice": (
        "england/unmet.toml",
        'code = "housing"',
        'code = "money"',
        'practice/england/unmet.toml: need[16].code: is "money", and so is need[15].code: change one of them',
    ),
    "an audit tool in the file of another version": (
        "audit-tool-short-look-1.toml",
        "version = 1",
        "version = 2",
        "practice/lancashire/audit-tool-short-look-1.toml: version: belongs in audit-tool-short-look-2.toml, and the file is "
        "audit-tool-short-look-1.toml: make them agree",
    ),
    "a theme that no request can name": (
        "england/audits.toml",
        'asked_as = ["domestic_abuse"]',
        'asked_as = ["domestic_abuses"]',
        'practice/lancashire/audits.toml: theme[2].asked_as: names "domestic_abuses", which is not there: did you mean "domestic_abuse"?',
    ),
    "a theme found by a question that no form asks": (
        "england/audits.toml",
        'answered = ["gcp2_on"]',
        'answered = ["gcp2_onn"]',
        'practice/lancashire/audits.toml: theme[1].answered: names "gcp2_onn", which is not there: did you mean "gcp2_on"?',
    ),
    "a reminder about a question that no form asks": (
        "england/checks.toml",
        'questions = ["child_words"]',
        'questions = ["child_word"]',
        'practice/lancashire/checks.toml: check[1].questions: names "child_word", which no form asks: did you mean "child_words"?',
    ),
}
