"""Early-years entitlement in figures: places, children eligible, children taking up, by district, term and age. It names nobody.

A run takes them out of the feed, small ones left out; whoever sees counts reads them.
"""
