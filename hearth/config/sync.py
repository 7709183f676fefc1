"""Copies what code and the practice pack say into the database: roles, areas, assessment forms, audit tools, taxonomies. Safe at every start."""

from hearth.casework.assessments.setup import sync_forms
from hearth.config.environment import SettingError
from hearth.foundation.accounts.setup import sync_areas, sync_roles
from hearth.foundation.core.pack import PackError, pack
from hearth.intelligence.insight.frameworks import faults as rules_at_fault
from hearth.intelligence.insight.touchpoints.faults import faults as pathways_at_fault
from hearth.oversight.quality.setup import sync_audit_tools
from hearth.records.directory.setup import sync_taxonomies


def sync_practice() -> None:
    """Make the database's roles, areas, forms, tools and taxonomies equal to the code's and the pack's."""
    try:
        practice = pack()
        if at_fault := rules_at_fault(practice):
            raise SettingError("\n".join(["A rule of concern does not fit the feeds there are.", *at_fault]))
        if at_fault := pathways_at_fault(practice):
            raise SettingError("\n".join(["A pathway does not fit the feeds there are.", *at_fault]))
        sync_roles()
        sync_areas(practice)
        sync_forms(practice)
        sync_audit_tools(practice)
        sync_taxonomies(practice)
    except PackError as faults:
        raise SettingError(str(faults)) from None
