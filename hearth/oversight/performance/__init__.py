"""Performance: measures, the scorecard under the five Every Child Matters outcomes, and projects planned against achieved.

Owns the words measure, scorecard, project row and typed figure. What is measured is data of the practice pack; `system:measures` counts it,
and what nobody can count here is typed, with who typed it and when. It names nobody; files that do, for inspectors and others, are `exports`.
"""
