"""The roadmap: what state its activities are in, what may be done with them, how they are shown."""
