"""The model: a pair is one person, or people of one household, or twins, or strangers; learned from the pairs themselves.

Strangers are never learned freely: how they agree is fixed by the background, and how many there are by the number of pairs.
"""

from dataclasses import dataclass, field

import numpy as np

from hearth.linkage.background import LEVELS, Background, Table
from hearth.linkage.levels import Attribute

KINDS = ("person", "household", "twins", "strangers")
ROUNDS, ENOUGH = 60, 1e-4
ASSUMED_TRUE = 1.0  # a few records are not without true pairs because they happen to show none
PRIOR_PAIRS = 30.0  # how many pairs the levels assumed before learning are worth
LEAST_CHANCE = 0.1  # of what was counted by chance, the part that is taken for chance whatever true pairs explain
NAMESAKES = 0.03  # in how many pairs of a household the younger has the elder's given name
TWINS_BORN = 0.97
# Pairs of twins for each true pair, at the least: three births in two hundred are twins, and grown twins live apart.
TWINS_AT_LEAST = 0.01


@dataclass
class Model:
    """What was learned: for each attribute and kind the likelihood of each code, and the share of all pairs that each kind has.

    `tables[kind][name][c, level, step]`; level 0 (no data) is 1 in each, so that it says nothing. `shares[kind]` sum to 1.
    """

    attributes: list[Attribute]
    tables: dict[str, dict[str, Table]]
    shares: dict[str, float]
    pairs: float
    rounds: int = 0
    true_pairs: float = 0.0
    levels: dict[str, dict[str, Table]] = field(default_factory=dict)

    def likelihood(self, kind: str, patterns: np.ndarray) -> np.ndarray:
        """The logarithm of how likely each pattern (a row of codes, a column an attribute) is for a kind of pair."""
        total = np.zeros(len(patterns))
        for place, attribute in enumerate(self.attributes):
            table = self.tables[kind][attribute.name]
            c = leaning(self.attributes, attribute, patterns)
            codes = patterns[:, place]
            total += np.log(table[c, codes & 15, codes >> 4])
        return total

    def log_odds(self, patterns: np.ndarray) -> np.ndarray:
        """The logarithm (natural) of the odds that a pair with each pattern is one person."""
        person = np.log(self.shares["person"]) + self.likelihood("person", patterns)
        others = [np.log(self.shares[kind]) + self.likelihood(kind, patterns) for kind in KINDS[1:]]
        return person - np.logaddexp.reduce(others, axis=0)


def leaning(attributes: list[Attribute], attribute: Attribute, patterns: np.ndarray) -> np.ndarray:
    """1 for each pattern in which what the attribute leans on agrees, else 0."""
    names = [other.name for other in attributes]
    if not attribute.leans or attribute.leans not in names:
        return np.zeros(len(patterns), dtype=np.intp)
    return np.isin(patterns[:, names.index(attribute.leans)] & 15, attribute.leaning).astype(np.intp)


def learn(attributes: list[Attribute], background: Background, patterns: np.ndarray, counts: np.ndarray) -> Model:
    """Fit by expectation and maximisation on patterns (rows of codes) and how many candidate pairs have each.

    Deterministic: it starts from the levels' priors, and stops when the number of true pairs settles.
    """
    levels = {kind: {a.name: _assumed(a) for a in attributes} for kind in ("person", "household")}
    start = 0.3 * np.sqrt(2 * background.pairs) / background.pairs
    at_home = _has_home(attributes)
    shares = {"person": start, "household": start if at_home else 0.0, "twins": start / 50 if at_home else 0.0}
    shares = {kind: max(share, 1e-300) for kind, share in shares.items()}
    model = Model(attributes, {}, {**shares, "strangers": 1.0 - sum(shares.values())}, background.pairs, levels=levels)
    cs = [leaning(attributes, attribute, patterns) for attribute in attributes]
    before = -1.0
    for rounds in range(1, ROUNDS + 1):
        set_tables(model, background)
        weights = _responsibilities(model, patterns) * counts
        for kind, row in zip(KINDS[:3], weights, strict=False):
            assumed = ASSUMED_TRUE if kind == "person" else 0.0
            share = (float(row.sum()) + assumed) / (background.pairs + assumed / start)
            model.shares[kind] = max(share, 1e-300)
        if at_home:
            model.shares["twins"] = max(model.shares["twins"], TWINS_AT_LEAST * model.shares["person"])
        model.shares["strangers"] = 1.0 - sum(model.shares[kind] for kind in KINDS[:3])
        for place, attribute in enumerate(attributes):
            model.levels["person"][attribute.name] = _learned(attribute, patterns[:, place], cs[place], weights[0])
            if attribute.home:
                both = weights[1] + weights[2]
                model.levels["household"][attribute.name] = _learned(attribute, patterns[:, place], cs[place], both)
        model.rounds, model.true_pairs = rounds, float(weights[0].sum())
        if abs(model.true_pairs - before) <= ENOUGH * max(1.0, before):
            break
        before = model.true_pairs
    set_tables(model, background)
    return model


def _has_home(attributes: list[Attribute]) -> bool:
    """Whether anything beside the family name says who lives with whom."""
    return any(attribute.name in ("home", "uprn", "phone") for attribute in attributes)


def _assumed(attribute: Attribute) -> Table:
    table = np.zeros((2, LEVELS))
    for place, level in enumerate(attribute.levels, start=1):
        table[:, place] = level.prior
    return table / table.sum(axis=1, keepdims=True)


def _learned(attribute: Attribute, codes: np.ndarray, c: np.ndarray, weights: np.ndarray) -> Table:
    table = _assumed(attribute) * PRIOR_PAIRS
    known = (codes & 15) > 0
    np.add.at(table, (c[known], codes[known] & 15), weights[known])
    return table / table.sum(axis=1, keepdims=True)


def _responsibilities(model: Model, patterns: np.ndarray) -> np.ndarray:
    logs = np.array([np.log(model.shares[kind]) + model.likelihood(kind, patterns) for kind in KINDS])
    return np.exp(logs - np.logaddexp.reduce(logs, axis=0))


def set_tables(model: Model, background: Background) -> None:
    """The tables of each kind from the levels learned; chance is cleared of the true pairs that were counted with it."""
    model.tables = {kind: {} for kind in KINDS}
    for attribute in model.attributes:
        name = attribute.name
        spread = background.shares[name][None]
        same = model.levels["person"][name][:, :, None] * spread
        counted = background.chance[name]
        chance = np.maximum(counted - model.shares["person"] * same, LEAST_CHANCE * counted)
        chance = chance / np.maximum(chance.sum(axis=(1, 2), keepdims=True), 1e-300)
        if attribute.never_against:
            same = np.maximum(same, chance)
        home = model.levels["household"][name][:, :, None] * spread if attribute.home else chance
        if name == "given":
            home = (1 - NAMESAKES) * chance + NAMESAKES * same
        twins = _twins(same, chance) if name == "born" else same if name == "age" else home
        for kind, table in zip(KINDS, (same, home, twins, chance), strict=True):
            model.tables[kind][name] = _no_data_is_nothing(table)


def _twins(same: Table, chance: Table) -> Table:
    """Twins' birth dates: the same day, now and then with a slip."""
    on_the_day = np.zeros_like(same)
    on_the_day[:, 1:5] = same[:, 1:5]
    return TWINS_BORN * on_the_day / on_the_day.sum(axis=(1, 2), keepdims=True) + (1 - TWINS_BORN) * chance


def _no_data_is_nothing(table: Table) -> Table:
    table = np.maximum(table, 1e-12)
    table[:, 0, :] = 1.0
    return table
