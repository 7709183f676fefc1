"""How long what this room holds is kept, and how a person's own rows are found in it.

A request is about a family once it was accepted; before that, about the people that were matched with those it names.
"""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "front_door.Request": Kept("request", person="matches__person", family="family", shared=True),
    "front_door.RequestPerson": Kept("request", person="match__person", family="request__family"),
    "front_door.RequestDocument": Kept("document", person="request__matches__person", family="family", shared=True),
    "front_door.RequestDocumentContent": Kept(
        "document", person="document__request__matches__person", family="document__family", shared=True
    ),
    "front_door.RequestMessage": Kept(
        "request", person="request__matches__person", family="request__family", shared=True
    ),
    "front_door.Pause": Kept("request", person="request__matches__person", family="request__family"),
    "front_door.PersonMatch": Kept("request", person="person", family="request__family"),
    "front_door.Note": Kept("request", person="request__matches__person", family="request__family", shared=True),
    "front_door.Decision": Kept("request", person="request__matches__person", family="request__family", shared=True),
    "front_door.Telling": Kept("request", person="request__matches__person", family="request__family", shared=True),
    "front_door.Passing": Kept("request", person="request__matches__person", family="request__family", shared=True),
    "front_door.Handover": Kept("request", person="request__matches__person", family="request__family", shared=True),
}
