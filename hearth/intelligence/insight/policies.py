"""Who may see a family of concern, in SQL. Used by migrations only."""

IDENTITY = "hearth_insight"  # the worker's identity that works the rules out
SEES = "see_families_of_concern"
RUNS = f"hearth_holds(hearth_reader(), '{SEES}')"
WORKS_OUT = "hearth_holds(hearth_reader(), 'work_out_concerns')"
_AREAS = f"(select hearth_areas(hearth_reader(), '{SEES}'))::uuid[]"
# Where the district is not known, whoever sees the whole authority sees it.
_EVERYWHERE = f"area_id is null and cardinality({_AREAS}) = (select count(*) from accounts_area)"
FAMILY = f"(area_id = any({_AREAS}) or ({_EVERYWHERE})) and not hearth_is_kept_apart(names)"


def of_concern(table: str) -> str:
    """A row that hangs from a family of concern."""
    return f"exists (select 1 from insight_familyofconcern f where f.id = {table}.family_id)"
