"""What every room stands on: who is signed in, what is recorded, how a page looks, how words are kept."""
