"""Files for others' tools, in others' words: inspectors' lists, the Standard Safeguarding Dataset, a list of families.

Owns the words export and handing over. Everything it says is read from casework as it stands; what is wrong there is put right
there, by whoever works with the family, and the file is made again. Figures, targets and reports are the floor above's.
"""
