"""How long what this room holds is kept, and how a family's own rows are found in it."""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "programmes.NamedNeed": Kept("claim", family="family", shared=True),
    "programmes.LookAgain": Kept("claim", family="family", shared=True),
    "programmes.Claim": Kept("claim", family="family", shared=True),
    "programmes.ClaimSample": Kept("claim", why="how claims were drawn for an audit: it names nobody"),
    "programmes.SampledClaim": Kept("claim", family="claim__family", shared=True),
}
