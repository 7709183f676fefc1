"""Each feed's layout stands, is short, and reads a file of its own; what it says wrongly is answered with a sentence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hearth.foundation.core.pack import pack
from hearth.intelligence.feeds.layout import FOLDER, LayoutProblem, layouts, read_layout

# One row of each that the census and the partners' own files beside this do not hold. Invented.
FILES = {
    "attendance": "UPN,NativeId,date,am/pm,code\nB801200005001,S1,02/09/2024,am,\\\nB801200005001,S1,02/09/2024,PM,N\n",
    "neet": "YoungPersonsID,GivenName,FamilyName,DOB,Postcode,ActivityCode,ActivityStartDate,LevelOfNeedCode\n"
    "7,Ivo,Marsden,01/02/2008,BB11 1AA,630,01/09/2025,120\n",
    "emergency_attendances": "Attendance ID,NHS Number,Arrival date,Site,Left before treatment\na1,999 000 0018,01/02/2026,ED,N\n",
    "worklessness": "Person reference,Forename,Surname,Date of birth,Address,Postcode,Benefit,Start date,End date\n"
    "1,Kelly,Marsden,03/04/1990,7 High Street,BB11 1AA,Universal Credit,01/02/2025,\n",
    "social_care": "personId,status,startDate,endDate,contactName\n1,child_in_need,01/02/2025,01/08/2025,Claire\n",
    "health_visits": "NHS Number,Contact type,Due date,Seen date,Reason not seen\n9434765919,one_year,01/02/2026,,Moved\n",
    "early_years_entitlement": "District,Ward,Year,Term,Age,Places,Eligible,Taking up\nE07000117,Bank Hall,2026,autumn,2,40,50,30\n",
    "population": "LSOA,LAD,Age,Sex,Population,IMD decile\nE01000001,E07000117,0,all,120,1\n",
}
ELSEWHERE = {"casework", "school_roll", "exclusions", "free_school_meals", "police", "offences", "housing"}


def test_every_feed_has_a_file_that_it_reads() -> None:
    assert set(layouts()) == set(FILES) | ELSEWHERE


@pytest.mark.parametrize("feed", FILES)
def test_a_feed_reads_a_file_of_its_own_without_a_flag(feed: str, send: Callable[..., Any]) -> None:
    load = send(feed, FILES[feed])
    assert (load.state, load.set_aside, load.flags, load.not_kept) == ("ready", 0, {}, []), load.refusal
    assert load.new == FILES[feed].count("\n") - 1


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/feed.toml")), ids=lambda path: path.parent.name)
def test_a_feed_is_one_short_file_in_words_the_pack_knows(path: Path) -> None:
    layout = read_layout(path)
    assert len([line for line in path.read_text().splitlines() if line.strip()]) < 100
    assert set(layout.sectors) <= {sector.code for sector in pack().organisations.sectors}
    assert layout.purpose in {purpose.code for purpose in pack().sharing.agreement_purposes}


def test_who_works_with_somebody_is_said_by_feeds_of_services_and_never_by_feeds_of_what_happened() -> None:
    assert {code: each.involvement.service for code, each in layouts().items() if each.involvement} == {
        "casework": "Early help", "health_visits": "Health visitor", "housing": "Housing", "police": "Police", "school_roll": "School",
        "social_care": "Social care",
    }  # fmt: skip
    told = {
        "offence",
        "part",
        "status",
        "antisocial_behaviour",
        "rent_arrears",
        "eviction",
        "contact",
        "not_seen_because",
    }
    assert not told & {name for each in layouts().values() if each.involvement for name in each.involvement.columns}


def test_what_a_code_means_is_data_and_the_longer_beginning_counts_first() -> None:
    neet, attendance = layouts()["neet"], layouts()["attendance"]
    assert neet.meaning("activity", "630") == "Not available: teenage parent"
    assert neet.meaning("activity", "619") == "Not in education, employment or training: available"
    assert neet.meaning("activity", "810") == "Not known"
    assert neet.meaning("activity", "") == ""
    assert attendance.meaning("mark", "Y3") == "not_counted"
    assert {attendance.meaning("mark", code) for code in attendance.column("mark").codes} == {
        "present", "approved_educational", "authorised", "unauthorised", "not_counted",
    }  # fmt: skip


GOOD = 'title="T"\nabout="A"\ncategory="health"\nsectors=["health"]\n'
INVOLVED = GOOD + '[involvement]\nservice="S"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD, "no columns"),
        (GOOD.replace("health", "secrets") + '[[column]]\nname="a"\n', "category"),
        (GOOD + 'colour="red"\n[[column]]\nname="a"\n', "colour"),
        (GOOD + 'key=["b"]\n[[column]]\nname="a"\n', "b is no column"),
        (GOOD + '[[column]]\nname="a"\ntype="colour"\n', "type 'colour'"),
        (GOOD + '[[column]]\nname="a"\nshade="x"\n', "shade"),
        (GOOD + '[[column]]\nname="A b"\n', "no name"),
        (GOOD + '[[column]]\nname="a"\n[[column]]\nname="b"\nheaders=["A"]\n', "one header"),
        (GOOD + '[[column]]\nname="a"\ntype="code"\n', "codes belong"),
        (INVOLVED + 'provider="b"\n[[column]]\nname="a"\n', "b is no column"),
        (INVOLVED + 'shade="b"\n[[column]]\nname="a"\n', "shade"),
        (INVOLVED + 'contact={fax="a"}\n[[column]]\nname="a"\n', "contact of involvement is made of"),
        (INVOLVED + 'past=["x"]\n[[column]]\nname="a"\n', "past needs"),
        (INVOLVED + 'contact_on="a"\nfrom_on="a"\n[[column]]\nname="a"\n', "not both"),
        (INVOLVED + '[[column]]\nname="a"\n', "it needs subjects"),
    ],
    ids=lambda value: value if len(value) < 20 else "",
)
def test_a_layout_that_cannot_be_is_answered_with_a_sentence(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    path = tmp_path / "made" / "feed.toml"
    path.write_text(text)
    with pytest.raises(LayoutProblem, match=said):
        read_layout(path)
