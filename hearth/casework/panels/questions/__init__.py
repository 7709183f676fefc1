"""Advice without a name: somebody asks a panel's coordinator or the safeguarding hub about a case, and names nobody."""
