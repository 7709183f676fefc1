"""How long what this room holds is kept. It names nobody: figures are counts, and a case study has every name changed."""

from hearth.foundation.core.subjects import Kept

NOBODY = "a report tells of figures and of work, and of no person"

SUBJECTS: dict[str, Kept] = {
    "reports.Report": Kept("report", why=NOBODY),
    "reports.ReportWords": Kept("report", why=NOBODY),
    "reports.CaseStudy": Kept(
        "report", why="told with consent and every name changed: whose it is stands with the consent, in the record"
    ),
    "reports.ReportMove": Kept("report", why="who wrote, approved and published a report, and when"),
    "reports.ReportEdition": Kept("report", why=NOBODY),
    "reports.PublishedFigure": Kept(
        "report", why="counts that were told to everybody, kept so that they are told the same"
    ),
}
