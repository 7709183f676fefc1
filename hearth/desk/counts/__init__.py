"""Early help in figures that name nobody, district by district: for those whose work is not with families.

Owns the word count. A district that has not gone live says so: a nought there would read as "no need". What is restricted
is in no figure: `system:measures` counts, and is not shown it. Measures, targets and reports are made elsewhere; this is
what stands in the product today.
"""
