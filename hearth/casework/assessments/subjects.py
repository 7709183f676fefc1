"""How long what this room holds is kept, and how a person's own rows are found in it."""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "assessments.FormVersion": Kept("assessment", why="the authority's form itself, without anybody's answers"),
    "assessments.Assessment": Kept("assessment", family="family", shared=True),
    "assessments.Answer": Kept("assessment", person="person", family="family", shared=True),
    "assessments.AssessmentStep": Kept("assessment", family="family", shared=True),
    "assessments.AssessmentDocument": Kept("document", person="person", family="family", shared=True),
    "assessments.AssessmentDocumentContent": Kept(
        "document", person="document__person", family="document__family", shared=True
    ),
    "assessments.SectionComment": Kept("assessment", person="person", family="family", shared=True),
}
