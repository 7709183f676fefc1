"""What goes round each quarter or audit, made to disagree, and the sentence it must give."""

# As in spoilt_lists.py: the file, what it says, what it is made to say, the one sentence that must come of it.
SPOILT_ROUNDS = {
    "words for returns that do not fall": (
        "england/returns.toml",
        "from_percent = 95",
        "from_percent = 105",
        'practice/england/returns.toml: said: must fall: "as_planned" begins at 105, and "ahead" before it at 105',
    ),
    "no word for a return that got nowhere": (
        "england/returns.toml",
        "from_percent = 0",
        "from_percent = 10",
        'practice/england/returns.toml: said: must end at 0: "behind" begins at 10',
    ),
    "a return that is due before it is made": (
        "england/returns.toml",
        "due_days = 15",
        "due_days = 1",
        "practice/england/returns.toml: due_days: must be more than open_days (1): a return is made before it is due (it is 1)",
    ),
    "a review of volunteers' help that is shown as coming before there was any": (
        "england/volunteers.toml",
        "chase_days = 14",
        "chase_days = 42",
        "practice/england/volunteers.toml: chase_days: must be less than 42, the fewest days to a review: none comes before there was any help "
        "(it is 42)",
    ),
    "words for risks that do not fall": (
        "england/governance.toml",
        "from_score = 12",
        "from_score = 20",
        'practice/england/governance.toml: band: must fall: "high" begins at 20, and "very_high" before it at 20',
    ),
    "no word for the least of risks": (
        "england/governance.toml",
        "from_score = 1\n",
        "from_score = 2\n",
        'practice/england/governance.toml: band: must end at 1: "low" begins at 2',
    ),
    "a scale of risks that loses a word": (
        "england/governance.toml",
        'label = "Severe"',
        'label = "Severe"\nretired = true',
        'practice/england/governance.toml: impact: must keep its five words: "severe" is retired. Change its label instead',
    ),
}
