"""Actions on many records at once, and their undoing within a day."""
