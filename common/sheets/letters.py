"""Column letters as Excel shows them."""

from functools import lru_cache


@lru_cache(maxsize=1024)
def column_letter(index: int) -> str:
    """Return the letter of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the index of a column counted from 0: A is 0, AA is 26. Raises ValueError for other text."""
    index = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        index = index * 26 + ord(letter) - 64
    if not index:
        raise ValueError(letters)
    return index - 1
