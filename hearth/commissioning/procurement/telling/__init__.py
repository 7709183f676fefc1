"""Who is told what of a call: those who asked to hear, who asked, who bid, who opens and who scores. Models are procurement's."""
