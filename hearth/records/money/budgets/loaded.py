"""A budget opened as a file of the ledger says it. Called inside the action that loads the file, which has asked who may."""

from typing import Any

from hearth.foundation.accounts.models import User
from hearth.foundation.audit.actions import record
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.records.money.budgets import rules
from hearth.records.money.models import Budget, Share


def open_loaded(*, by: Any, share: Share, said: Any) -> Budget:
    """Open it with its limits. Its last day may have passed: what was bought from it is in the ledger all the same."""
    refuse(rules.why_not_name(share, said.name, said.kind))
    holder: Any = User.objects.filter(email__iexact=said.holder, is_active=True).first()
    refuse(rules.why_not_hold(holder, share))
    refuse(rules.why_not_these_limits(said.by_rule_pence, said.most_pence, None))
    budget = Budget(
        reference=drawn_reference("BU"), share=share, area=share.area, name=said.name, kind=said.kind, holder=holder,
        by_rule_pence=said.by_rule_pence, most_pence=said.most_pence, ends_on=said.ends_on, opened_by=by,
    )  # fmt: skip
    budget.save(force_insert=True)
    record("money.budget_opened", subject=budget, holder=holder.reference, share=share.reference, loaded=True)
    return budget
