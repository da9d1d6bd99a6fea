"""One address for text: spelling, keys of equality and names of people."""

from common.names import PersonName, is_empty_name, parse_person_name, split_people
from common.spelling import fix_lookalikes, name_key, natural_key, search_key, tidy

__all__ = [
    "PersonName",
    "fix_lookalikes",
    "is_empty_name",
    "name_key",
    "natural_key",
    "parse_person_name",
    "search_key",
    "split_people",
    "tidy",
]
