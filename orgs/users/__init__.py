"""Accounts as an administrator sees them, and the own settings of everybody."""
