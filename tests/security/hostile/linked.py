"""Who is who in the planted world: a run in force, one that waits, and pairs to decide, decided and answered as not sure."""

from typing import Any

from hearth.foundation.core.reader import acting_as
from hearth.intelligence.matching import actions
from hearth.intelligence.matching.models import LinkRun, MatchPair
from hearth.intelligence.matching.review.actions import decide_pair
from tests.security.hostile.words import OPEN

COUNTS = {
    "records": 4, "numbers": 4, "persons": 3, "households": 0, "on_register": 0, "joined": 1, "review": 3, "review_beyond": 0,
    "bands": [[0, 3], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [1, 0]],
}  # fmt: skip


def pair_of(analyst: Any, number: int, **more: Any) -> dict[str, Any]:
    """A pair of two feeds as a run gives it."""
    return {
        "kind": "review", "drawn": False, "turn": number, "one_key": f"{number:064x}", "other_key": f"{number + 10**6:064x}",
        "one_feed": "police", "one_organisation_id": str(analyst.organisation_id), "other_feed": "exclusions",
        "other_organisation_id": str(analyst.organisation_id), "register_person": None, "about": [],
        "numbers": [f"upn:{number}"], "bits": -2.0, "probability": 0.2,
        "one_says": {"given_name": f"{OPEN}noted", "birth_date": "2012-01-05"},
        "other_says": {"given_name": f"{OPEN}noted", "family_name": f"{OPEN}noted"},
        "evidence": [{"of": "start", "words": "before", "bits": -9.0}, {"of": "given", "words": "the same given name", "bits": 7.0}],
    } | more  # fmt: skip


def done_run(analyst: Any, pairs: list[dict[str, Any]]) -> LinkRun:
    """A run that was done, as the worker would have it."""
    run = actions.start_link_run(by=analyst, queue=False)
    run = actions.begin_run(by=analyst, run=run)
    return actions.finish_run(
        by=analyst, run=run, files=[], parameters={"version": 1}, versions={"python": "3.11"}, counts=COUNTS, rows_hash="0" * 64,
        weights=[{"attribute": "given", "level": "the same given name", "same": 0.8, "chance": 0.01, "bits": 6.3}],
        known_hashes={}, pairs=pairs, follows=None,
    )  # fmt: skip


def plant(world: Any) -> None:
    """In the order in which it could have happened."""
    more, analyst, governs = world.more, world.cast.analyst, world.cast.information_governance
    with acting_as(analyst):
        more.link_done = done_run(analyst, [pair_of(analyst, number) for number in range(1, 5)])
        more.pair_waiting, more.pair_decided, more.pair_unsure, more.pair_open = MatchPair.objects.order_by("turn")
        decide_pair(by=analyst, pair=more.pair_decided, answer="same", why=f"{OPEN}noted")
        more.link_waiting = actions.start_link_run(by=analyst, queue=False)
    with acting_as(governs):
        decide_pair(by=governs, pair=more.pair_unsure, answer="unsure", why=f"{OPEN}noted")


def link_more(analyst: Any, number: int) -> None:
    """One more run in force, with the pairs there were and more; and two runs more that are over."""
    known = [pair_of(analyst, n) for n in range(1, 5)]
    waiting = LinkRun.objects.filter(state="waiting").first()
    if waiting is not None:
        actions.cancel_link_run(by=analyst, run=waiting)
    more = [pair_of(analyst, 100 * (number + 1) + n, kind="joined", drawn=True, probability=0.99) for n in range(8)]
    done_run(analyst, known + more)
    for pair in MatchPair.objects.filter(drawn=True, state="waiting")[:3]:
        decide_pair(by=analyst, pair=pair, answer="same")
    actions.start_link_run(by=analyst, queue=False)
