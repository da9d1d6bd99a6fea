"""The home page: what to do now, from rules, and the own indicators beside it."""
