"""The pages measured, and where they are: seen by a manager who holds every family."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

READER = "county_manager"
BARE = "/my-account/"  # reads the reader's own row, in the same frame as every page

# A family whose plan is being worked, a request that waits, a surname that a few dozen people have in any authority.
WANTED = {
    ("family", "case", "plan", "assessment"): """
        select f.reference, c.reference, p.reference, a.reference from people_family f
        join cases_case c on c.family_id = f.id join plans_plan p on p.case_id = c.id
        join assessments_assessment a on a.case_id = c.id
        where c.stage = 'working' and not f.restricted order by c.opened_on, f.reference limit 1""",
    ("request",): "select reference from front_door_request where state = 'received' order by received_at limit 1",
    ("given", "surname"): """
        select p.given_name, p.family_name from people_person p join people_membership m on m.person_id = p.id
        join cases_case c on c.family_id = m.family_id
        where c.stage = 'working' and p.given_name <> '' order by p.reference limit 1""",
    ("area",): """
        select a.code from accounts_area a join cases_case c on c.area_id = a.id
        group by a.code order by count(*) desc, a.code limit 1""",
    ("locality",): """
        select p.code from accounts_area a join accounts_area p on p.id = a.parent_id join cases_case c on c.area_id = a.id
        group by p.code order by count(*) desc, p.code limit 1""",
    ("held_by", "lead"): """
        select c.team_id::text, split_part(u.full_name, ' ', 1) from cases_case c join accounts_user u on u.id = c.lead_id
        where c.team_id is not null and c.stage <> 'closed' order by c.opened_on, c.reference limit 1""",
}


@dataclass(frozen=True)
class Measured:
    """A main page: its name, and its address once a family and its case are known."""

    name: str
    path: str

    def at(self, known: Mapping[str, str]) -> str:
        """The address; a name in it may have any letters."""
        return self.path.format(**{name: quote(value) for name, value in known.items()})


PAGES = (
    Measured("home", "/"),
    Measured("to do", "/to-do/"),
    Measured("cases, all", "/cases/?whose=all"),
    Measured("cases by family", "/cases/?whose=all&sort=family"),
    Measured("cases by contact", "/cases/?whose=all&sort=-contact"),
    Measured("cases by lead", "/cases/?whose=all&sort=lead"),
    Measured("cases by opened", "/cases/?whose=all&sort=-opened"),
    Measured("cases of a name", "/cases/?whose=all&name=Be"),
    Measured("cases of an area", "/cases/?whose=all&area={area}"),
    Measured("cases of a locality", "/cases/?whose=all&area={locality}"),
    Measured("cases of a team", "/cases/?whose=all&team={held_by}"),
    Measured("cases of a lead", "/cases/?whose=all&lead={lead}"),
    Measured("cases of no team", "/cases/?whose=all&team=none"),
    Measured("cases late", "/cases/?whose=all&due=late&stage=working"),
    Measured("cases unled", "/cases/?whose=nobody"),
    Measured("cases, page 20", "/cases/?whose=all&page=20"),
    Measured("requests", "/requests/"),
    Measured("requests decided", "/requests/?state=answered"),
    Measured("requests, page 3", "/requests/?page=3"),
    Measured("a request", "/requests/{request}/"),
    Measured("triage", "/requests/{request}/triage/"),
    Measured("to sign off", "/assessments/to-sign-off/"),
    Measured("panel", "/panel/"),
    Measured("find somebody", "/people/find/?words={given}+{surname}"),
    Measured("find a reference", "/people/find/?words={family}"),
    Measured("colleagues", "/colleagues/"),
    Measured("universal", "/universal/"),
    Measured("unmet need", "/unmet/"),
    Measured("themes", "/unmet/themes/"),
    Measured("my requests", "/requests/mine/"),
    Measured("family", "/families/{family}/"),
    Measured("people", "/families/{family}/people/"),
    Measured("family tree", "/families/{family}/tree/"),
    Measured("chronology", "/families/{family}/chronology/"),
    Measured("sharing", "/families/{family}/sharing/"),
    Measured("who can open", "/families/{family}/who-can-open/"),
    Measured("who looked", "/families/{family}/who-looked/"),
    Measured("case", "/cases/{case}/"),
    Measured("team", "/cases/{case}/team/"),
    Measured("notes", "/cases/{case}/notes/"),
    Measured("assessment", "/cases/{case}/assessment/"),
    Measured("read assessment", "/assessments/{assessment}/"),
    Measured("plan", "/cases/{case}/plan/"),
    Measured("reviews", "/plans/{plan}/reviews/"),
    Measured("meetings", "/cases/{case}/meetings/"),
)
