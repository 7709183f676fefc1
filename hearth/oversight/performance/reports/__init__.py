"""Reports: a district's quarter and the authority's quarter or year, written from the data and finished by a person.

Owns the words report, section, case study, edition and published figure. Figures are gathered once, at one moment; words are a person's;
somebody else approves, and then neither changes: a correction is a new version. What is published leaves small numbers out for good.
"""
