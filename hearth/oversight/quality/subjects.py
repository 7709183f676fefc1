"""How long what this room holds is kept, and how a family's own rows are found in it: an audit goes with the assessment that it is about."""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "quality.AuditToolVersion": Kept("assessment", why="the questions of an audit, which are about nobody"),
    "quality.AuditSample": Kept("assessment", why="how assessments were drawn for an audit: it names nobody"),
    "quality.Audit": Kept("assessment", family="family", shared=True),
    "quality.AuditGrade": Kept("assessment", family="family", shared=True),
    "quality.ItemGrade": Kept("assessment", family="family", shared=True),
    "quality.AuditResult": Kept("assessment", family="family", shared=True),
    "quality.AuditAction": Kept("assessment", family="family", shared=True),
    "quality.TrainingNeed": Kept("assessment", family="audit__family", shared=True),
}
