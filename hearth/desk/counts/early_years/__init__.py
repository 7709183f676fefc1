"""Early-years entitlement on a page: places, take-up and whether there is enough, by district and term, drawn and as files."""
