"""One value of a pack made wrong, and the sentence it must give."""

# (file, what it says, what it is made to say, the one sentence that must come of it)
SPOILT_VALUES = {
    "a date that is words": (
        "areas.toml",
        'gss_code = "E07000119"\ngoes_live_on = 2012-09-01',
        'gss_code = "E07000119"\ngoes_live_on = "soon"',
        "practice/lancashire/areas.toml: district[3].goes_live_on: "
        'must be a date like 2011-04-01, without quotation marks (it is "soon")',
    ),
    "a date in quotation marks": (
        "assessment-form-1.toml",
        "in_use_from = 2012-04-01",
        'in_use_from = "2012-04-01"',
        "practice/lancashire/assessment-form-1.toml: in_use_from: "
        'must be a date like 2011-04-01, without quotation marks (it is "2012-04-01")',
    ),
    "a day that does not exist": (
        "areas.toml",
        "goes_live_on = 2012-04-01",
        "goes_live_on = 2012-02-30",
        "practice/lancashire/areas.toml: line 39, column 16: is a date or time that does not exist: mend it",
    ),
    "a number that is words": (
        "limits.toml",
        "plan = 10",
        'plan = "ten"',
        'practice/lancashire/limits.toml: plan: must be a whole number like 10, without quotation marks (it is "ten")',
    ),
    "a number below the least": (
        "limits.toml",
        "plan = 10",
        "plan = 0",
        "practice/lancashire/limits.toml: plan: must be 1 or more (it is 0)",
    ),
    "a number above the most": (
        "retention.toml",
        "years = 25",
        "years = 250",
        "practice/lancashire/retention.toml: rule[1].years: must be 100 or less (it is 250)",
    ),
    "a number with a decimal point": (
        "limits.toml",
        "plan = 10",
        "plan = 10.5",
        "practice/lancashire/limits.toml: plan: must be a whole number like 10, without quotation marks (it is 10.5)",
    ),
    "yes for true": (
        "levels.toml",
        "preventative = true",
        'preventative = "yes"',
        "practice/lancashire/levels.toml: level[1].preventative: "
        'must be true or false, without quotation marks (it is "yes")',
    ),
    "text that is a number": (
        "authority.toml",
        'la_code = "888"',
        "la_code = 888",
        "practice/lancashire/authority.toml: la_code: must be text in quotation marks (it is 888)",
    ),
    "text that is empty": (
        "authority.toml",
        'service_name = "Early Support"',
        'service_name = "   "',
        'practice/lancashire/authority.toml: service_name: must not be empty: write something (it is "   ")',
    ),
    "a name too long to show": (
        "areas.toml",
        'name = "Burnley"',
        'name = "' + "Burnley " * 20 + '"',
        "practice/lancashire/areas.toml: district[1].name: must be 100 characters or fewer: shorten it "
        '(it is "Burnley Burnley Burnley Burnley Burnley Burnley Burnley ...")',
    ),
    "a time that is words": (
        "calendar.toml",
        "closes_at = 17:00:00",
        'closes_at = "5pm"',
        "practice/lancashire/calendar.toml: closes_at: "
        'must be a time like 17:00:00, without quotation marks (it is "5pm")',
    ),
    "a key left out": (
        "messages.toml",
        'text_sender = "LancsCC"\n',
        "",
        "practice/lancashire/messages.toml: text_sender: "
        "is missing: add it (the name a text comes from: 3 to 11 letters and figures)",
    ),
    "a key spelt wrongly": (
        "levels.toml",
        "early_help = true",
        "early_help = true\nstepup = true",
        'practice/lancashire/levels.toml: level[2].stepup: is not a key that is known here: did you mean "step_up"?',
    ),
    "a key nobody knows": (
        "levels.toml",
        "early_help = true",
        "early_help = true\nzzz = 1",
        "practice/lancashire/levels.toml: level[2].zzz: is not a key that is known here: those known are "
        '"code", "description", "early_help", "hint", "label", "number", "preventative", "retired", "signs", "step_up"',
    ),
    "a table nobody knows": (
        "areas.toml",
        "[[kind]]",
        '[[distrct]]\ncode = "x"\n\n[[kind]]',
        'practice/lancashire/areas.toml: distrct: is not a key that is known here: did you mean "district"?',
    ),
    "one bracket for two": (
        "step_up.toml",
        'include = "../england/step-up.toml"',
        'include = "../england/step-up.toml"\n[up_reason]\ncode = "a"\nlabel = "A"',
        "practice/lancashire/step_up.toml: up_reason: "
        "must be a list: write each as [[up_reason]], or several values between [ and ] (it is a table)",
    ),
    "two brackets for one": (
        "authority.toml",
        "[safeguarding]",
        "[[safeguarding]]",
        "practice/lancashire/authority.toml: safeguarding: "
        "must be a table: write [safeguarding] on a line of its own (it is a list)",
    ),
    "a weekday nobody knows": (
        "calendar.toml",
        '"friday"]',
        '"fryday"]',
        "practice/lancashire/calendar.toml: working_weekdays[5]: must be one of "
        '"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday": '
        'did you mean "friday"? (it is "fryday")',
    ),
    "a code with a space": (
        "plans.toml",
        'code = "edge_of_care"',
        'code = "Edge of care"',
        "practice/lancashire/plans.toml: type[2].code: must be a code: small letters and figures, "
        'joined by _ or - and without spaces (it is "Edge of care")',
    ),
}
