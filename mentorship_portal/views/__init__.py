"""Pages of the portal itself."""

from mentorship_portal.views.appearance import AppearancePage
from mentorship_portal.views.dictionaries import (
    DictionaryList,
    DictionaryValueAdd,
    DictionaryValueEdit,
    DictionaryValues,
)
from mentorship_portal.views.help import GlossaryPage, HelpPage
from mentorship_portal.views.home import Home
from mentorship_portal.views.journal import AccessJournal, AccessJournalExport, ChangesExport, Journal
from mentorship_portal.views.language import LanguageSwitch
from mentorship_portal.views.places import Places
from mentorship_portal.views.search import Search

__all__ = [
    "AccessJournal",
    "AccessJournalExport",
    "AppearancePage",
    "ChangesExport",
    "DictionaryList",
    "DictionaryValueAdd",
    "DictionaryValueEdit",
    "DictionaryValues",
    "GlossaryPage",
    "HelpPage",
    "Home",
    "Journal",
    "LanguageSwitch",
    "Places",
    "Search",
]
