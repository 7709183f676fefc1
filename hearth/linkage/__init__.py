"""The cellar: which records are about one person, and who lives with whom. A plain library; it knows nothing of Django.

Words it owns: record, key, candidate, level, weight, link, cluster, household. It reads tables and gives tables back; what is
done about a link, who may see it and who decides is left to `intelligence/matching`.
"""
