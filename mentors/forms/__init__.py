"""Forms about people: cards, records, consents, leaving, duplicates."""
