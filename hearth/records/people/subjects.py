"""How long what this room holds is kept, and how a person's own rows are found in it."""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "people.Family": Kept("person", family="pk"),
    "people.Person": Kept("person", person="pk"),
    "people.Membership": Kept("person", person="person"),
    "people.PersonName": Kept("person", person="person"),
    "people.NameToken": Kept("person", person="person", why="words of names, for the search: they go with the names"),
    "people.LookUpEntry": Kept(
        "person", person="person", why="names, birth date and postcodes once more, for the look-up: they go with them"
    ),
    "people.Address": Kept("person", person="person"),
    "people.Identifier": Kept("person", person="person"),
    "people.Relationship": Kept("person", person="person", shared=True),
    "people.MissingAnswer": Kept("person", family="family", shared=True),
    "people.Access": Kept("access", family="family"),
    "people.Link": Kept("person", person="one", shared=True),
    # Withheld from an answer where telling would put somebody at risk: information governance decides each time.
    "people.Restriction": Kept("access", person="person", family="family", shared=True),
    "people.RestrictedAccess": Kept("access", person="restriction__person", shared=True),
    "people.RestrictedSearch": Kept("audit_event", person="person_id", shared=True),
}
