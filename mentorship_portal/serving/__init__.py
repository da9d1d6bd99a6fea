"""`make run`: the whole portal on one machine under one small supervisor.

Production runs the same parts under its own process manager; see docs/operations.md.
"""
