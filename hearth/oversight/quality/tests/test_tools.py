"""Audit tools: data of the pack, scored by their formula, kept as they were when something was graded with them."""

from decimal import Decimal
from typing import Any

import pytest

from hearth.foundation.core.pack import PackError, pack
from hearth.foundation.core.packs.audits import AuditTool
from hearth.oversight.quality.setup import definition_of, read_definition, sync_audit_tools
from hearth.oversight.quality.tests.conftest import tool


def _review() -> AuditTool:
    return next(each for each in pack().audit_tools if each.code == "quality-review")


@pytest.mark.parametrize(
    ("met", "not_applicable", "score"),
    [(39, 0, "100.0"), (0, 0, "0.0"), (25, 4, "71.4"), (1, 38, "100.0"), (20, 9, "66.7"), (0, 39, None)],
)
def test_the_review_of_39_items_is_scored_as_met_times_100_by_39_less_those_not_applicable(
    met: int, not_applicable: int, score: Any
) -> None:
    assert len(_review().items) == 39
    assert _review().score(met, not_applicable) == (None if score is None else Decimal(score))


def test_a_tool_is_read_again_as_it_was_stored() -> None:
    assert read_definition(definition_of(_review())) == _review()


def test_a_version_that_was_taken_into_use_is_not_changed_unseen(db: None) -> None:
    assert tool("quality-review").version == 1
    changed = _review().model_copy(update={"introduction": "Other words"})
    with pytest.raises(PackError, match=r"make your changes in audit-tool-quality-review-2\.toml"):
        sync_audit_tools(pack().model_copy(update={"audit_tools": (changed,)}), using="default")


def test_anybody_of_the_house_of_audits_reads_what_is_looked_for(cast: Any, as_client: Any) -> None:
    page = as_client(cast.family_worker).get("/audits/tools/quality-review/1/").content.decode()
    assert "Each child’s father is named" in page and "items met x 100 / (39 - items not applicable)" in page
    assert as_client(cast.family_worker).get("/audits/tools/quality-review/9/").status_code == 404
    assert as_client(cast.elected_member).get("/audits/tools/quality-review/1/").status_code == 403
