"""What people in the invented authority write, by theme: worries, hopes, needs, outcomes, notes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """What is hard in a family, in the words of those who meet it. `{child}` and `{parent}` are first names."""

    reason: str
    worries: str
    going_well: str
    hopes: str
    need_element: str
    need: str
    strength: str
    want: str
    measure: str
    actions: tuple[str, str]
    child_words: str
    visit: str
    review: str
    outcome_area: str


THEMES = (
    Theme(
        "school_life",
        "{child} has missed sixteen days since September and comes in tired. {parent} says mornings are a battle.",
        "{child} is proud of drawing and helps in the art room. {parent} answers every call.",
        "Mornings that start calmly, and {child} in school on time.",
        "taking_part",
        "{child} misses at least a day a week and is behind with reading.",
        "{child} has two close friends and likes the art teacher.",
        "{child} gets to school on time, and happy to be there.",
        "Days in school out of ten, from the register.",
        ("Meet {child} at the gate on Mondays", "Agree a bedtime and write it on the fridge"),
        "I like it when it is quiet in the morning. I don't like running.",
        "{child} showed me the bedtime chart. {parent} says three mornings out of five were calm.",
        "{child} has been in nine days out of ten. {parent} feels less alone with it.",
        "enjoy_and_achieve",
    ),
    Theme(
        "wellbeing_child",
        "{child} worries at night and has stopped going out. {parent} has found notes about being scared.",
        "{child} talks to Nan, and writes stories.",
        "{child} sleeping through, and playing out again.",
        "emotional_and_social",
        "{child} wakes most nights and has stomach aches before school.",
        "{child} can say what helps: drawing, and the dog.",
        "{child} has things to do when a worry comes.",
        "How {child} marks the week on the worry scale.",
        ("Six sessions of the worry group at the centre", "Make a worry box together"),
        "My worry is like a big dog that barks. Sometimes it goes in its basket.",
        "{child} drew the worry smaller than last time. {parent} joined in for ten minutes.",
        "{child} sleeps through five nights in seven and went to the park with a friend.",
        "be_healthy",
    ),
    Theme(
        "home_or_money",
        "The boiler has been off for three weeks and there are arrears. {child} sleeps in a coat.",
        "{parent} keeps everyone fed and asks for help early.",
        "A warm house, and a letter we are not afraid to open.",
        "housing_work_money",
        "Arrears of two months; no heating; the meter is on emergency credit.",
        "{parent} has kept every appointment and has a folder with all letters.",
        "The house is warm and the rent is manageable.",
        "Weeks with heating on and nothing added to the arrears.",
        ("Ring the landlord about the boiler, with {parent}", "Go to the money adviser on Thursday"),
        "My bed is cold but the cat is warm.",
        "The boiler is mended. {parent} has the first letter back from the adviser.",
        "Warm since half-term. A payment plan is kept to.",
        "achieve_economic_wellbeing",
    ),
    Theme(
        "behaviour_outside",
        "{child} is out late with older boys and was brought home twice by officers.",
        "{child} loves football and turns up for training.",
        "{child} home by nine, and a reason to be.",
        "behaviour",
        "{child} is drawn into taking dares and has been stopped twice.",
        "The coach speaks well of {child}.",
        "{child} is safe in the evenings and has something good to do.",
        "Evenings home by nine in a week.",
        ("Football coach to give {child} a lift on Tuesdays", "Family rules for evenings, written with {child}"),
        "They're not bad, they just don't go home. I'd rather be at football.",
        "{child} was home when I came at eight. {parent} and {child} laughed about the rules they wrote.",
        "No calls from officers for six weeks. {child} captains the second team.",
        "make_a_positive_contribution",
    ),
    Theme(
        "care_at_home",
        "{parent} has been low since the baby and the younger ones go without breakfast.",
        "{parent} sings to the children and keeps the health visitor's appointments.",
        "To feel like myself again, and the children fed before school.",
        "basic_care",
        "Meals are missed when {parent} cannot get up; the washing has stopped.",
        "A warm bond: the children go to {parent} for comfort.",
        "The children have breakfast and clean clothes, and {parent} has time to get well.",
        "Mornings with breakfast in a week.",
        ("Breakfast club places for the younger two", "Doctor's appointment, Joanne to go along"),
        "Mummy is sad and I make toast.",
        "Breakfast every day this week. {parent} has started at the group.",
        "{parent} has energy again and the children come in smiling.",
        "stay_safe",
    ),
)
# School is met over whole terms, which would be too long ago for a family that is claimed for today.
LASTING_THEMES = tuple(theme for theme in THEMES if theme.reason != "school_life")
