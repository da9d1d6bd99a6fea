"""Cell values that plain Python types cannot express."""

from typing import NamedTuple


class CellError(NamedTuple):
    """A cell that shows an Excel error; ``code`` is the text that Excel shows, for example ``#REF!``."""

    code: str

    def __str__(self) -> str:
        return self.code


class FormulaWithoutValue(NamedTuple):
    """A formula whose result was never stored in the file; ``formula`` is its text without «=»."""

    formula: str

    def __str__(self) -> str:
        return f"={self.formula}"


class Row(NamedTuple):
    """One worksheet row: ``number`` as Excel shows it, ``values`` from column A on.

    A value is None (empty), str, int, float, bool, date, datetime, time, CellError or FormulaWithoutValue.
    """

    number: int
    values: tuple
