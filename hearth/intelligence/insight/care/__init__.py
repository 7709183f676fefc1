"""Days that somebody on the register was in care, by what social care sent: worked out with every run, and summed for nobody by name.

Owns the word time in care. Who may open the person's family reads it; commissioning is told sums of many by `system:measures`.
"""
