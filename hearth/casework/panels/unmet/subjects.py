"""How long what this room holds is kept, and whose it is."""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "unmet.UnmetNeed": Kept("unmet_need", person="request__matches__person", family="family"),
    "unmet.UnmetWords": Kept("unmet_need", person="need__request__matches__person", family="need__family", shared=True),
}
