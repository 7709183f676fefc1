"""The pages measured, and where they are: seen by a manager who holds every family."""

from dataclasses import dataclass

READER = "county_manager"
BARE = "/my-account/"  # reads the reader's own row, in the same frame as every page

FAMILY = """select f.reference, c.reference from people_family f join cases_case c on c.family_id = f.id
    join plans_plan p on p.case_id = c.id join assessments_assessment a on a.case_id = c.id
    where c.stage = 'working' order by f.reference limit 1"""


@dataclass(frozen=True)
class Measured:
    """A main page: its name, and its address once a family and its case are known."""

    name: str
    path: str

    def at(self, family: str, case: str) -> str:
        """The address."""
        return self.path.format(family=family, case=case)


PAGES = (
    Measured("home", "/"),
    Measured("list of cases", "/cases/?whose=all"),
    Measured("requests", "/requests/"),
    Measured("family", "/families/{family}/"),
    Measured("chronology", "/families/{family}/chronology/"),
    Measured("people", "/families/{family}/people/"),
    Measured("assessment", "/cases/{case}/assessment/"),
    Measured("plan", "/cases/{case}/plan/"),
    Measured("notes", "/cases/{case}/notes/"),
)
