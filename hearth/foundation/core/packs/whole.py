"""The whole pack: which file fills which attribute."""

import datetime as dt

from hearth.foundation.core.packs.access import AccessAfterClosing
from hearth.foundation.core.packs.areas import AreaInTree, Areas
from hearth.foundation.core.packs.assessment_form import AssessmentForm
from hearth.foundation.core.packs.audits import Audits, AuditTool
from hearth.foundation.core.packs.authority import Authority
from hearth.foundation.core.packs.base import Part
from hearth.foundation.core.packs.calendar import Calendar
from hearth.foundation.core.packs.checks import Checks
from hearth.foundation.core.packs.closure import Closure
from hearth.foundation.core.packs.contracts import Contracts
from hearth.foundation.core.packs.directory import Directory
from hearth.foundation.core.packs.front_door import FrontDoor
from hearth.foundation.core.packs.governance import Governance
from hearth.foundation.core.packs.indicators import Framework, Indicators
from hearth.foundation.core.packs.levels import Levels
from hearth.foundation.core.packs.limits import Limits
from hearth.foundation.core.packs.measures import Measures
from hearth.foundation.core.packs.messages import Messages
from hearth.foundation.core.packs.notes import Notes
from hearth.foundation.core.packs.organisations import Organisations
from hearth.foundation.core.packs.panels import Panels
from hearth.foundation.core.packs.pathways import Pathway
from hearth.foundation.core.packs.plans import Plans
from hearth.foundation.core.packs.request_form import RequestForm
from hearth.foundation.core.packs.retention import Retention
from hearth.foundation.core.packs.returns import Returns
from hearth.foundation.core.packs.sharing import Sharing
from hearth.foundation.core.packs.step_up import StepUp
from hearth.foundation.core.packs.universal import Universal
from hearth.foundation.core.packs.unmet import Unmet
from hearth.foundation.core.packs.volunteers import Volunteers
from hearth.foundation.core.packs.words import LocalWords
from hearth.foundation.core.packs.workforce import Workforce


class Pack(Part):
    """Everything that differs between authorities. `pack().levels` is what levels.toml says, and so on."""

    authority: Authority
    words: LocalWords
    areas: Areas
    calendar: Calendar
    limits: Limits
    levels: Levels
    organisations: Organisations
    request_form: RequestForm
    front_door: FrontDoor
    assessment_forms: tuple[AssessmentForm, ...]
    panels: Panels
    plans: Plans
    closure: Closure
    step_up: StepUp
    notes: Notes
    sharing: Sharing
    universal: Universal
    unmet: Unmet
    contracts: Contracts
    retention: Retention
    returns: Returns
    governance: Governance
    access: AccessAfterClosing
    messages: Messages
    measures: Measures
    indicators: Indicators
    directory: Directory
    audits: Audits
    volunteers: Volunteers
    checks: Checks
    workforce: Workforce
    frameworks: tuple[Framework, ...] = ()
    pathways: tuple[Pathway, ...] = ()
    audit_tools: tuple[AuditTool, ...] = ()

    @property
    def assessment_form(self) -> AssessmentForm:
        """The newest version of the assessment form."""
        return max(self.assessment_forms, key=lambda form: form.version)

    def assessment_form_on(self, day: dt.date) -> AssessmentForm:
        """The version in use on a day; the oldest, for a day before any was."""
        usable = [form for form in self.assessment_forms if form.in_use_from <= day]
        return max(usable or self.assessment_forms[:1], key=lambda form: form.version)

    def audit_tools_on(self, day: dt.date) -> tuple[AuditTool, ...]:
        """The newest version of each audit tool that is in use on a day."""
        usable = {tool.code: tool for tool in self.audit_tools if tool.in_use_from <= day}  # the oldest version first
        return tuple(usable.values())

    @property
    def area_tree(self) -> tuple[AreaInTree, ...]:
        """The whole authority, then its localities, then its districts: each after the one it lies in."""
        return self.areas.below(self.authority.code, self.authority.short_name, self.authority.gss_code)

    def first_review_days(self, plan_type: str) -> int:
        """Working days from a plan's start to its first review."""
        found = self.plans.type(plan_type)
        return (found and found.first_review) or self.limits.first_review

    def review_interval_days(self, plan_type: str) -> int:
        """Working days from one review to the next."""
        found = self.plans.type(plan_type)
        return (found and found.review_interval) or self.limits.review_interval


# One file a concern. Of the assessment form and of audit tools each version has a file, as each framework and each pathway has: found by name.
FILES: dict[str, type[Part]] = {
    "authority.toml": Authority,
    "words.toml": LocalWords,
    "areas.toml": Areas,
    "calendar.toml": Calendar,
    "limits.toml": Limits,
    "levels.toml": Levels,
    "organisations.toml": Organisations,
    "request_form.toml": RequestForm,
    "front_door.toml": FrontDoor,
    "panels.toml": Panels,
    "plans.toml": Plans,
    "closure.toml": Closure,
    "step_up.toml": StepUp,
    "notes.toml": Notes,
    "sharing.toml": Sharing,
    "universal.toml": Universal,
    "unmet.toml": Unmet,
    "contracts.toml": Contracts,
    "retention.toml": Retention,
    "returns.toml": Returns,
    "governance.toml": Governance,
    "access.toml": AccessAfterClosing,
    "messages.toml": Messages,
    "measures.toml": Measures,
    "indicators.toml": Indicators,
    "directory.toml": Directory,
    "audits.toml": Audits,
    "volunteers.toml": Volunteers,
    "checks.toml": Checks,
    "workforce.toml": Workforce,
}
ASSESSMENT_FORM = "assessment-form-*.toml"
FRAMEWORK = "framework-*.toml"
PATHWAY = "pathway-*.toml"
AUDIT_TOOL = "audit-tool-*.toml"
# Files of which a pack has as many as it needs.
SEVERAL: dict[str, type[Part]] = {
    ASSESSMENT_FORM: AssessmentForm,
    FRAMEWORK: Framework,
    PATHWAY: Pathway,
    AUDIT_TOOL: AuditTool,
}
