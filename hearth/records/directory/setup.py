"""Copies the pack's needs and circumstances into taxonomies of the directory, and the words people say them in. Safe to run at every start."""

from typing import Any

from hearth.records.directory.finding.saying import words_of
from hearth.records.directory.models import DirectoryWord, Taxonomy, TaxonomyTerm
from hearth.records.directory.models.taxonomies import taxonomy_key, term_key

NEEDS, CIRCUMSTANCES = "needs", "circumstances"
OURS = {
    NEEDS: ("Needs", "What a service helps with, in families' own words."),
    CIRCUMSTANCES: ("Circumstances", "Whose situation a service is for."),
}


def sync_taxonomies(pack: Any, using: str = "owner") -> None:
    """Make our two taxonomies equal to the pack's lists. A term that was taken out is retired: entries may still have it."""
    lists = {NEEDS: pack.directory.needs, CIRCUMSTANCES: pack.directory.circumstances}
    for code, (name, description) in OURS.items():
        told = {"code": code, "name": name, "description": description, "version": "1"}
        taxonomy, _ = Taxonomy.objects.using(using).update_or_create(id=taxonomy_key(code), defaults=told)
        held = {term.code: term for term in TaxonomyTerm.objects.using(using).filter(taxonomy=taxonomy)}
        for choice in lists[code]:
            _sync_term(taxonomy, held.pop(choice.code, None), choice, using)
        for term in held.values():
            TaxonomyTerm.objects.using(using).filter(pk=term.pk, retired=False).update(retired=True)
    words = [DirectoryWord(word=word) for word in sorted(words_of(pack.directory))]
    DirectoryWord.objects.using(using).bulk_create(words, ignore_conflicts=True)


def _sync_term(taxonomy: Taxonomy, held: TaxonomyTerm | None, choice: Any, using: str) -> None:
    wanted = {
        "name": choice.label,
        "description": choice.hint or choice.label,
        "term_uri": choice.uri or "",
        "retired": choice.retired,
    }
    if held is None:
        key = term_key(taxonomy.code, choice.code)
        TaxonomyTerm(id=key, taxonomy=taxonomy, code=choice.code, **wanted).save(force_insert=True, using=using)
    elif any(getattr(held, name) != value for name, value in wanted.items()):
        TaxonomyTerm.objects.using(using).filter(pk=held.pk).update(**wanted)
