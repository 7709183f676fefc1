"""The product's password hash on a hundredth of the memory: tests sign in thousands of times, and nobody steals a table."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickHasher(Argon2PasswordHasher):
    """Argon2 all the same, so that what is kept, checked and made again is what the product keeps, checks and makes."""

    memory_cost = 1024
    parallelism = 1
