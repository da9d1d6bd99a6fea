"""Help for each page of the portal and the glossary, in both languages.

Texts stand in ``texts/<language>/*.toml``: a table per route with ``title``, ``text`` (paragraphs parted by
empty lines, at most 120 words) and ``example``, or ``same_as`` another route. ``[[term|words]]`` links a term
of ``glossary.toml``.
"""

from mentorship_portal.help.topics import Topic, glossary, groups_for, help_for, routes_with_help

__all__ = ["Topic", "glossary", "groups_for", "help_for", "routes_with_help"]
