"""Text that is searched in any case, with ё as е and by any part of a word, the same on both databases."""

from __future__ import annotations

from django.db.models import Q, TextField, Value
from django.db.models.expressions import Func
from django.db.models.functions import Collate, Lower, Replace

from common.ordering import RUSSIAN
from common.text import search_key


def searchable(field: str) -> Replace:
    """The field in lower case with ё as е.

    Migrations make the trigram index of PostgreSQL over this very expression; the collation makes lower case
    right in databases of any locale.
    """
    return Replace(Lower(Collate(field, RUSSIAN)), Value("ё"), Value("е"))


class SearchedKey(Func):
    """A key that is lower case already, as an expression of its own: ``name_key || ''``.

    The trigram index stands over this expression and not over the column, so that a look-up of many equal
    keys never takes the trigram index instead of the plain one, which is hundreds of times slower.
    """

    template = "(%(expressions)s || '')"
    arity = 1

    def __init__(self, field: str):
        super().__init__(field, output_field=TextField())


def holds_words(alias: str, text: str) -> Q:
    """Every word of ``text`` stands somewhere in the searchable ``alias``; text without a word matches
    nothing."""
    words = search_key(text).split()
    if not words:
        return Q(pk__in=[])
    return Q(*(Q(**{f"{alias}__contains": word}) for word in words))
