"""Who is who on the register: lists of people looked up as somebody who may, each search on record. The live look-up itself is
`records/sharing/look_up`, as the forms below ask it too; what weighs a pair is `linkage`."""
