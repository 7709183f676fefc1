"""What the contract manager asks about a return, how it is answered in place, and the certificate."""
