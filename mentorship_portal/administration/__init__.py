"""What administrators do besides organizations and users: dictionaries and the journals."""
