"""Add a document to a plan, and withdraw one."""

from typing import Any

from hearth.casework.plans.actions import hold
from hearth.casework.plans.documents.models import PlanDocument
from hearth.casework.plans.models import Plan
from hearth.casework.plans.rules import why_not_write_plan
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.refusals import refuse
from hearth.records.documents import keeping, rules


@action
def add_plan_document(*, by: Any, plan: Plan, person: Any = None, **file: Any) -> PlanDocument:
    """Attach a document to a plan that is being made or worked."""
    hold(plan)
    refuse(why_not_write_plan(by, plan) or rules.why_not_be_about(plan.family_id, person))
    document = PlanDocument(plan=plan, family_id=plan.family_id, person=person)
    keeping.keep(document, by=by, beside=PlanDocument.objects.filter(plan=plan, person=person), **file)
    record("plans.document_added", family=plan.family_id, subject=document, plan=plan.reference, kind=document.kind)
    return document


@action
def withdraw_plan_document(*, by: Any, document: PlanDocument, because: str) -> None:
    """Take a document back from a plan."""
    document.hold()
    refuse(rules.why_not_withdraw(by, document, works_on_it=by.may("work_case")))
    keeping.withdraw(document, by=by, because=because)
    record("plans.document_withdrawn", family=document.family_id, subject=document)
