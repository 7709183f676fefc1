"""Programme claims: a family whose every need was found, met and stayed met, from dated evidence, frozen and second-checked.

Owns the words claim, named need, look again, sample, finding. Rules of a claim are data of the practice pack
(`framework-*.toml`, `[claim]`); needs and plans are casework's, flags `intelligence/insight`'s. Names nobody.
"""
