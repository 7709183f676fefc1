"""What every form promises: nothing typed is lost, nothing is done twice, nobody's words are overwritten unseen."""
