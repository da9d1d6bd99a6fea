"""Pages of the checklists app."""
