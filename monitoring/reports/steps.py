"""Progress of a report in the language of the person who waits, while the document itself is Russian."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _

from common.reporting import Progress
from exchange.jobs import Refused
from monitoring.parameters import ParameterProblem
from monitoring.period import PeriodProblem
from monitoring.reports.material import Material


class Steps:
    """Counts the steps of one report: gathering, each indicator, putting the file together."""

    def __init__(self, progress: Progress):
        self._progress = progress
        self._language = translation.get_language()
        self._indicators = 0

    def gathering(self) -> None:
        self._tell(0, lambda: _("Gathering the data"))

    def expect(self, indicators: int) -> None:
        """How many indicators there are, known after gathering."""
        self._indicators = indicators

    def indicator(self, number: int) -> None:
        self._tell(
            number,
            lambda: (
                _("Computing indicator %(number)d of %(total)d")
                % {"number": number, "total": self._indicators}
            ),
        )

    def finishing(self) -> None:
        self._tell(self._indicators + 1, lambda: _("Putting the document together"))

    def _tell(self, done: int, text: Callable[[], str]) -> None:
        with translation.override(self._language):
            self._progress(done, self._indicators + 2, text())


def gathered(gather: Callable[..., Material], context) -> Material:
    """The material of a report; an impossible year or choice refuses the run in words for its owner."""
    try:
        return gather(context)
    except (PeriodProblem, ParameterProblem) as problem:
        raise Refused(str(problem)) from problem
