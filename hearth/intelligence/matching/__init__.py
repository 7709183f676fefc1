"""Who is who: the people of partners' feeds linked with each other and with the register, households where a feed holds addresses,
and the pairs that a person decides (`review`). Owns link run, pair, label. The live look-up of one person at a time is
`records/sharing/look_up`; what weighs a pair is `linkage`."""
