"""Invitations: a role for whoever opens a one-time link sent to an address."""
