"""The family tree: where people stand, what is drawn, what is said, and who is missing."""

import datetime as dt
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.foundation.core.refusals import Refused
from hearth.records.people.actions import add_person
from hearth.records.people.facts.actions import record_relationship
from hearth.records.people.models import Person, Relationship
from hearth.records.people.restrictions.actions import place_restriction
from hearth.records.people.tree.actions import answer_missing, record_parent, take_back_answer
from hearth.records.people.tree.drawing import LETTERS, WIDTH, Bond, Figure, draw
from hearth.records.people.tree.layout import APART, GAP, Member, Tie, place
from hearth.records.people.tree.queries import family_tree

ROLES = ["child", "parent", "carer", "partner", "grandparent", "relative", "other"]


@st.composite
def families(draw):
    """Any family at all, tangled ones too."""
    size = draw(st.integers(0, 14))
    members = [Member(key, draw(st.sampled_from(ROLES))) for key in range(size)]
    pairs = st.tuples(st.integers(0, max(size - 1, 0)), st.integers(0, max(size - 1, 0)))
    ties = [
        Tie(one, other, draw(st.integers(0, 2)), parental=draw(st.booleans()), couple=draw(st.booleans()))
        for one, other in (draw(st.lists(pairs, max_size=20)) if size else [])
    ]
    return members, ties


@given(families())
@settings(max_examples=300, deadline=None)
def test_however_tangled_a_family_everybody_is_placed_once_and_nobody_stands_on_anybody(drawn):
    members, ties = drawn
    placed = place(members, ties)
    assert set(placed.row) == set(placed.x) == {member.key for member in members}
    assert sorted(key for row in placed.units for unit in row for key in unit) == sorted(
        member.key for member in members
    )
    for row in placed.units:
        across = sorted(placed.x[key] for unit in row for key in unit)
        assert all(right - left >= min(GAP, APART) - 1e-6 for left, right in pairwise(across))
    assert all(x >= -1e-6 for x in placed.x.values())


def test_generations_follow_what_is_recorded_and_couples_stand_together():
    members = [
        Member("gran", "grandparent"),
        Member("mum", "parent"),
        Member("dad", "parent"),
        Member("kid", "child"),
        Member("step", "partner"),
    ]
    ties = [
        Tie("gran", "mum", 1, parental=True), Tie("mum", "kid", 1, parental=True), Tie("dad", "kid", 1, parental=True),
        Tie("mum", "step", 0, couple=True), Tie("step", "kid", 1, parental=True),
    ]  # fmt: skip
    placed = place(members, ties)
    assert [placed.row[key] for key in ("gran", "mum", "dad", "step", "kid")] == [0, 1, 1, 1, 2]
    assert placed.side_by_side("mum", "step")
    assert placed.side_by_side("mum", "dad")


def test_a_teenage_mother_stands_between_her_mother_and_her_baby():
    members = [Member("mum", "parent"), Member("girl", "child"), Member("baby", "child")]
    placed = place(members, [Tie("mum", "girl", 1, parental=True), Tie("girl", "baby", 1, parental=True)])
    assert [placed.row[key] for key in ("mum", "girl", "baby")] == [0, 1, 2]


def test_a_grandparents_line_is_drawn_only_where_no_parent_tells_it_and_passes_beside_the_boxes():
    figures = [Figure(key, key.capitalize(), ()) for key in ("gran", "mum", "kid")]
    members = [Member("gran", "grandparent"), Member("mum", "parent"), Member("kid", "child")]
    placed = place(members, [Tie("gran", "mum", 1, parental=True), Tie("mum", "kid", 1, parental=True)])
    chain = [Bond("gran", "mum", "birth"), Bond("mum", "kid", "birth"), Bond("gran", "kid", "grand")]
    assert "grand" not in draw(figures, chain, placed).kinds
    picture = draw(figures, [chain[1], chain[2]], placed)
    mum = next(box for box in picture.boxes if box.figure.key == "mum")
    [path] = [stroke.path for stroke in picture.strokes if stroke.kind == "grand"]
    across = [float(x) for x in re.findall(r"H([-\d.]+)", path)]
    assert not mum.x < across[0] < mum.x + WIDTH, "the line passes beside her mother's box"


def test_a_long_name_is_wrapped_whole_and_one_that_cannot_be_is_cut_with_a_mark():
    long, longer = "Kelly-Anne Margaret Ormerod-Whittaker", " ".join(["Bartholomew"] * 9)
    placed = place([Member(1, "parent"), Member(2, "parent")], [])
    one, two = draw([Figure(1, long, ("aged 38",)), Figure(2, longer, ("aged 40",))], [], placed).boxes
    assert " ".join(one.lines[: one.names]).replace("- ", "-") == long
    assert one.lines[-1] == "aged 38"
    assert two.lines[two.names - 1].endswith("…")
    assert all(len(line) <= LETTERS for line in (*one.lines, *two.lines))


@pytest.fixture
def people(family, cast, as_):
    """The Ashworths by first name, with a father elsewhere, a stepfather and an unborn child, all related."""
    by = cast.family_worker
    with as_(by):
        found = {person.given_name: person for person in Person.objects.filter(memberships__family=family)}
        found["Dean"] = add_person(
            by=by, family=family, role="parent", given_name="Dean", family_name="Ashworth", sex="M", lives_here=False
        )
        found["Lee"] = add_person(by=by, family=family, role="partner", given_name="Lee", family_name="Marsh", sex="M")
        found["Ivy"] = add_person(
            by=by,
            family=family,
            role="grandparent",
            given_name="Ivy",
            family_name="Holt",
            sex="F",
            died_on=dt.date(2024, 2, 1),
            born_on=dt.date(1950, 1, 1),
            birth_precision="year",
            lives_here=False,
        )
        found["baby"] = add_person(
            by=by, family=family, role="child", birth_precision="expected", born_on=dt.date(2027, 3, 1)
        )
        for one, kind, other, responsible in (
            ("Kelly", "mother", "Jake", True), ("Kelly", "mother", "Mia", True), ("Kelly", "mother", "baby", None),
            ("Dean", "father", "Jake", False), ("Dean", "father", "Mia", None), ("Lee", "father", "baby", None),
            ("Lee", "step_parent", "Jake", None), ("Kelly", "partner", "Lee", None), ("Kelly", "former_partner", "Dean", None),
            ("Ivy", "mother", "Kelly", None),
        ):  # fmt: skip
            record_relationship(
                by=by, person=found[one], other=found[other], kind=kind, parental_responsibility=responsible
            )
    return found


def seen(user, family, as_):
    with as_(user):
        return family_tree(user, family)


def test_the_picture_and_the_words_say_the_same(people, family, cast, as_):
    tree = seen(cast.family_worker, family, as_)
    boxes = {box.figure.name: box for box in tree.picture.boxes}
    assert set(boxes) == {told.person.full_name if told.person.given_name else "Unborn child" for told in tree.told}
    assert boxes["Dean Ashworth"].figure.elsewhere
    assert boxes["Ivy Holt"].figure.died
    assert boxes["Unborn child"].lines == ("Unborn child", "due 1 March 2027")
    assert tree.picture.kinds == {"birth", "other", "couple", "parted"}
    told = {told.person.given_name: told for told in tree.told}
    assert "Mother of Jake and Mia (has parental responsibility)" in told["Kelly"].ties
    assert "Father of Jake (no parental responsibility)" in told["Dean"].ties
    assert told["Dean"].summary == "Parent, lives elsewhere"
    assert told["Mia"].summary == "Child, aged 7, lives in this home"


def test_a_restricted_child_is_neither_drawn_nor_told_nor_hinted_at(people, family, cast, as_):
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=people["Mia"].reference, reason="A refuge.")
    tree = seen(cast.family_worker, family, as_)
    everything = (
        str([box.lines for box in tree.picture.boxes])
        + str([(t.summary, t.ties) for t in tree.told])
        + str(tree.missing)
    )
    assert "Mia" not in everything
    assert "Jake" in everything


def test_who_is_missing_is_asked_by_what_is_lacking_and_goes_quiet_when_answered(family, cast, as_):
    by = cast.family_worker
    sentences = {missing.question: missing.sentence for missing in seen(by, family, as_).missing}
    assert sentences == {
        "mother": "No mother is shown for Jake and Mia",
        "father": "No father is shown for Jake and Mia",
        "carer": "Nobody in the home is shown as bringing up Jake and Mia",
        "responsibility": "Nobody is shown as having parental responsibility for Jake and Mia",
    }
    with as_(by):
        people = {person.given_name: person for person in Person.objects.filter(memberships__family=family)}
        for child in ("Jake", "Mia"):
            record_relationship(
                by=by, person=people["Kelly"], other=people[child], kind="mother", parental_responsibility=True
            )
        answer_missing(by=by, family=family, question="father", children=[people["Jake"]], answer="not_known")
    assert [m.sentence for m in seen(by, family, as_).missing] == ["No father is shown for Mia"]
    with as_(by):
        answer_missing(by=by, family=family, question="father", children=[people["Mia"]], answer="nobody")
    assert seen(by, family, as_).missing == []
    with as_(by):
        take_back_answer(by=by, family=family, question="father", child=people["Mia"])
    assert [m.sentence for m in seen(by, family, as_).missing] == ["No father is shown for Mia"]


def test_a_mother_in_the_home_is_offered_and_recorded_for_every_child_with_one_press(family, cast, as_, as_client):
    by, client = cast.family_worker, as_client(cast.family_worker)
    where = f"/families/{family.reference}/tree/"
    with as_(by):
        kelly = Person.objects.get(given_name="Kelly")
    page = client.get(where).content.decode()
    assert "Kelly is their mother" in page and "is their father" not in page
    pressed = {"answer": kelly.reference, "everybody": "yes"}
    assert client.post(f"{where}mother/", pressed).status_code == 302
    with as_(by):
        rows = Relationship.objects.filter(person=kelly, kind="mother")
        assert {(row.other.given_name, row.parental_responsibility) for row in rows} == {("Jake", None), ("Mia", None)}
        assert {missing.question for missing in family_tree(by, family).missing} == {"father", "responsibility"}
    assert "Kelly is their mother" not in client.get(where).content.decode()


def test_a_mother_is_chosen_for_one_child_with_what_is_known_of_her_responsibility(family, cast, as_, as_client):
    by, where = cast.family_worker, f"/families/{family.reference}/tree/mother/"
    with as_(by):
        found = {person.given_name: person.reference for person in Person.objects.filter(memberships__family=family)}
    sent = {"answer": found["Kelly"], "children": [found["Jake"]], "parental_responsibility": "yes"}
    client = as_client(by)
    assert client.post(where, sent | {"children": []}).status_code == 422
    assert client.post(where, sent | {"answer": found["Mia"]}).status_code == 422, "she was not offered"
    assert client.post(where, sent).status_code == 302
    with as_(by):
        assert Relationship.objects.get(kind="mother").parental_responsibility is True
        [mother] = [missing for missing in family_tree(by, family).missing if missing.question == "mother"]
    assert mother.sentence == "No mother is shown for Mia"
    assert [mother.words_for(person) for person in mother.candidates] == ["Kelly is Mia’s mother"]


def test_a_parent_whose_sex_nobody_has_said_may_be_either(family, cast, as_):
    by = cast.family_worker
    with as_(by):
        Person.objects.filter(memberships__family=family, given_name="Kelly").update(sex="U")
        asked = {missing.question: missing.candidates for missing in family_tree(by, family).missing}
    for question in ("mother", "father"):
        assert "Kelly" in {person.given_name for person in asked[question]}, question


def test_whoever_may_not_record_people_names_no_mother(family, cast, as_):
    with as_(cast.family_worker):
        people = {person.given_name: person for person in Person.objects.filter(memberships__family=family)}
    said = {"family": family, "children": [people["Jake"]], "parent": people["Kelly"]}
    with as_(cast.information_governance), pytest.raises(Refused, match="Your role"):
        record_parent(by=cast.information_governance, question="mother", **said)
    with as_(cast.family_worker), pytest.raises(Refused, match="Choose who was asked about"):
        record_parent(by=cast.family_worker, question="the cat", **said)


def test_an_only_child_is_asked_about_brothers_and_sisters_once(cast, area, as_):
    from hearth.records.people.actions import open_family

    by = cast.family_worker
    with as_(by):
        alone = open_family(by=by, name="Birtwistle", area=area)
        add_person(
            by=by, family=alone, role="child", given_name="Noor", born_on=dt.date(2018, 5, 5), birth_precision="full"
        )
        assert "siblings" in {m.question for m in family_tree(by, alone).missing}
        answer_missing(by=by, family=alone, question="siblings", children=[], answer="nobody")
        assert "siblings" not in {m.question for m in family_tree(by, alone).missing}


def test_an_unborn_child_is_asked_a_mother_and_a_father_by_name_and_nothing_else(family, cast, as_):
    by = cast.family_worker
    with as_(by):
        add_person(by=by, family=family, role="child", birth_precision="expected", born_on=dt.date(2027, 3, 1))
        sentences = {missing.question: missing.sentence for missing in family_tree(by, family).missing}
    assert sentences["father"] == "No father is shown for Jake, Mia and the unborn child"
    assert sentences["responsibility"].endswith("Jake and Mia")
    assert sentences["carer"].endswith("Jake and Mia")


def test_what_is_not_a_question_is_not_answered(family, cast, as_):
    with as_(cast.family_worker), pytest.raises(Refused):
        answer_missing(by=cast.family_worker, family=family, question="the cat", children=[], answer="nobody")
    with as_(cast.information_governance), pytest.raises(Refused, match="Your role"):
        answer_missing(by=cast.information_governance, family=family, question="father", children=[], answer="nobody")


def test_the_tree_costs_the_same_for_three_people_and_for_thirty(family, cast, as_, django_assert_num_queries):
    by = cast.family_worker
    with as_(by):
        with django_assert_num_queries(3):
            family_tree(by, family)
        for number in range(27):
            add_person(by=by, family=family, role="child", given_name=f"Child {number}", family_name="Ashworth")
        with django_assert_num_queries(3):
            tree = family_tree(by, family)
    assert len(tree.picture.boxes) == 30


def test_no_family_at_all_draws_nothing_and_breaks_nothing():
    assert place([], []).units == []
