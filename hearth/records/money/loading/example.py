"""The papers' own figures as a workbook: the report and the minutes of July 2012, and the strategy of 2010.

What the papers do not say is not made up, but for two things that are named as ours: the day of a sum of which a paper gives
the year alone, and the cohorts of the formula, which the minutes mention and do not print.
"""

from decimal import Decimal

from hearth.foundation.core.pack import pack
from hearth.foundation.core.spreadsheet import Cell, Sheet, xlsx_file
from hearth.records.money.loading.reading import ENTRIES, FORMULAS, HEADS, SOURCES

COUNCIL, FORUM = "Lancashire County Council", "Lancashire Schools Forum"
DIRECTORATE = "Savings in the Directorate for Children and Young People"
# Young people not in education, employment or training: ours, for the example.
COHORTS = {
    "Burnley": 243, "Chorley": 158, "Fylde": 83, "Hyndburn": 201, "Lancaster": 254, "Pendle": 196, "Preston": 331,
    "Ribble Valley": 47, "Rossendale": 129, "South Ribble": 141, "West Lancashire": 208, "Wyre": 146,
}  # fmt: skip
ONE_OFF, PUMP, CONTINGENCY, BEST_START = (
    "One-off funding, January 2010", "Pump priming 2010/11", "Contingency of 2010", "Best Start Lancashire",
)  # fmt: skip
FORUMS = {2010: "Schools Forum 2010/11", 2011: "Schools Forum 2011/12", 2012: "Schools Forum 2012/13"}
NEET = "European Social Fund NEET project 2011/13"
EARLY, PRIMING = "Early support and intervention", "Pump priming"
REPORT = "Report to the Cabinet Committee, 3 July 2012."


def is_ours() -> bool:
    """Whether the authority has the districts that the papers speak of."""
    return set(COHORTS) <= {district.name for district in pack().areas.districts}


def sheets() -> list[Sheet]:
    """Sources, entries and the formula, as a file that is loaded has them."""
    return [
        Sheet(SOURCES, "Where the money came from, as the papers name it.", HEADS[SOURCES], _sources()),
        Sheet(ENTRIES, "What was received, used elsewhere and allocated. Pounds.", HEADS[ENTRIES], list(_entries())),
        Sheet(
            FORMULAS,
            "A sum that is allotted by cohort, to the penny. The cohorts are ours: the minutes say that there were some, and not how many.",
            HEADS[FORMULAS],
            _formula(),
        ),
    ]


def example_file() -> bytes:
    """The workbook."""
    return xlsx_file(sheets())


def _sources() -> list[list[Cell]]:
    strategy = "The strategy of 2010 sets a small amount aside for contingencies, managed by its strategic lead. It does not say how much."
    not_said = "It does not say whether this is part of the £5m of January 2010."
    first = "The first of three years. The paper gives £80,000 to each of 12 districts out of £1m."
    of_the_neet = "Minutes of 3 July 2012. Allotted to districts on their cohorts as at December 2010."
    three_years = (
        f"{REPORT} A three-year development for 6,000 children with free school meals in Reception and Years 1 and 2."
    )
    return [
        [
            ONE_OFF,
            COUNCIL,
            "01/01/2010",
            "",
            f"To improve safeguarding and outcomes for children looked after. {REPORT}",
        ],
        [PUMP, COUNCIL, "01/04/2010", "31/03/2011", f"£50,000 once for each of 12 districts. {REPORT} {not_said}"],
        [CONTINGENCY, COUNCIL, "01/04/2010", "", strategy],
        [FORUMS[2010], FORUM, "01/04/2010", "31/03/2011", f"{REPORT} {first}"],
        [FORUMS[2011], FORUM, "01/04/2011", "31/03/2012", REPORT],
        [FORUMS[2012], FORUM, "01/04/2012", "31/03/2013", REPORT],
        [NEET, "Skills Funding Agency", "01/09/2011", "31/12/2013", of_the_neet],
        [BEST_START, DIRECTORATE, "01/04/2012", "31/03/2015", three_years],
    ]


def _entries() -> list[list[Cell]]:
    def entry(what: str, source: str, day: str, pounds: str, words: str, *share: str) -> list[Cell]:
        district, year, purpose = share or ("", "", "")
        return [what, source, district, year, purpose, day, Decimal(pounds), "", words, ""]

    found = [
        entry("Received", ONE_OFF, "31/01/2010", "5000000", "Agreed by the Leader in January 2010"),
        entry(
            "Used elsewhere", ONE_OFF, "31/01/2010", "3270000",
            "The rest of the £5m: safeguarding and children looked after, not early support",
        ),
        entry(
            "Allocated", ONE_OFF, "01/04/2010", "1730000", "Co-ordination across the 12 trusts, 2010 to 2013",
            "The whole authority", "2010/11", "Co-ordination of early support",
        ),
        entry("Received", PUMP, "01/04/2010", "600000", "12 districts at £50,000"),
        entry("Received", FORUMS[2010], "01/04/2010", "1000000", "A £1m sum contributed by the Schools Forum"),
        entry("Received", FORUMS[2011], "01/04/2011", "960000", "12 districts at £80,000"),
        entry("Received", FORUMS[2012], "01/04/2012", "960000", "12 districts at £80,000"),
        entry("Received", NEET, "01/09/2011", "3558067", "The total contract value"),
        entry("Received", BEST_START, "01/04/2012", "2000000", "Sourced from savings within the directorate"),
        entry(
            "Allocated", BEST_START, "01/04/2012", "2000000", "Three years, for 6,000 children", "The whole authority",
            "2012/13", "Best Start Lancashire",
        ),
    ]  # fmt: skip
    for name in COHORTS:
        found.append(entry("Allocated", PUMP, "01/04/2010", "50000", "Once, to start with", name, "2010/11", PRIMING))
        for year, source in FORUMS.items():
            in_year = f"{year}/{(year + 1) % 100}"
            words = "£80,000 for each district"
            found.append(entry("Allocated", source, f"01/04/{year}", "80000", words, name, in_year, EARLY))
    return found


def _formula() -> list[list[Cell]]:
    words = "By cohort, to the penny. These cohorts are ours: the minutes print none"
    whole: list[list[Cell]] = []
    for name, cohort in COHORTS.items():
        first: list[Cell] = [NEET, "2011/12", "NEET project", "01/09/2011", Decimal("3558067.00"), words]
        whole.append([*(first if not whole else [""] * len(first)), name, cohort])
    return whole
