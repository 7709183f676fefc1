"""From links to people: what joins a group, and what keeps it apart."""

import numpy as np

from hearth.linkage.clusters import LARGEST_TANGLE, _groups, _tangles

FLOOR = -5.0


def groups(
    pairs: dict[tuple[int, int], float], *, same_source: tuple[tuple[int, int], ...] = (), each_once: bool = False
) -> list[list[int]]:
    """The groups made of pairs with their odds; pairs of `same_source` are of one source."""
    order = sorted(pairs, key=lambda pair: -pairs[pair])
    a, b = (np.array([pair[side] for pair in order]) for side in (0, 1))
    odds = np.array([pairs[pair] for pair in order])
    may = np.array([not each_once or pair not in same_source for pair in order])
    return sorted(g.tolist() for g in _groups(a, b, odds, may, least=0.0, floor=FLOOR))


def test_a_chain_of_weak_links_does_not_make_one_person() -> None:
    chain = {(1, 2): 6.0, (2, 3): 0.5, (3, 4): 6.0, (1, 3): -20.0, (1, 4): -20.0, (2, 4): -20.0}
    assert groups(chain) == [[1, 2], [3, 4]]


def test_a_link_that_nothing_speaks_against_joins_a_record_of_which_little_is_known() -> None:
    assert groups({(1, 2): 6.0, (2, 3): 2.0, (1, 3): -4.0}) == [[1, 2, 3]]


def test_the_surest_link_is_made_first_where_a_source_lists_each_person_once() -> None:
    pairs = {(1, 2): 3.0, (1, 3): 9.0, (2, 3): -1.0}
    assert groups(pairs, same_source=((2, 3),), each_once=True) == [[1, 3]]


def test_a_tangle_too_large_to_look_at_is_cut_at_its_weakest_links() -> None:
    half = LARGEST_TANGLE * 2 // 3
    a = np.arange(1, 2 * half)
    odds = np.full(len(a), 8.0)
    odds[half - 1] = 0.5
    label = _tangles(a, a + 1, odds, 0.0, 2 * half + 1)
    assert label[1] == label[half] != label[half + 1] == label[2 * half]


def test_a_tangle_that_no_cut_makes_small_is_let_go_rather_than_melted() -> None:
    a = np.arange(1, LARGEST_TANGLE + 5)
    label = _tangles(a, a + 1, np.full(len(a), 8.0), 0.0, LARGEST_TANGLE + 6)
    assert np.bincount(label).max() <= LARGEST_TANGLE
