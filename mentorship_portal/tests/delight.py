"""Counts what a person does on a page: clicks, and the time by the keystroke-level model.

A click is a pointer click, or Enter or Space on a focused control; typing and clipboard keys are none;
choosing a file in the system's dialog is one. Human time is modelled (Card, Moran and Newell), so that it is
the same on every machine; the time that the portal took is kept apart in ``system_seconds`` and only printed.
"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager

KEY, POINT, HOMING, THINK = 0.28, 1.1, 0.4, 1.35


class Script:
    """Drives a page of Playwright and keeps count.

    ``clicks``: actions that count against the budget; ``pointer_clicks``: those with the mouse;
    ``human_seconds``: modelled time without the portal's; ``system_seconds``: how long the portal took.
    """

    def __init__(self, page):
        self.page = page
        self.clicks = 0
        self.pointer_clicks = 0
        self.human_seconds = 0.0
        self.system_seconds = 0.0
        self._hand = "mouse"

    def click(self, target, *, think: bool = True) -> None:
        """Points at an element (a selector or a locator) and clicks."""
        self._move_to("mouse")
        self.human_seconds += (THINK if think else 0) + POINT
        self.clicks += 1
        self.pointer_clicks += 1
        with self._waiting():
            self._locator(target).click()

    def press(self, key: str, *, counts: bool | None = None, think: bool = False) -> None:
        """Presses a key or a chord; Enter and Space count as clicks."""
        self._move_to("keyboard")
        self.human_seconds += (THINK if think else 0) + KEY * (key.count("+") + 1)
        if counts if counts is not None else key in ("Enter", "Space"):
            self.clicks += 1
        with self._waiting():
            self.page.keyboard.press(key)

    def type(self, text: str, *, think: bool = True) -> None:
        """Types into what has the focus."""
        self._move_to("keyboard")
        self.human_seconds += (THINK if think else 0) + KEY * len(text)
        self.page.keyboard.type(text)

    def choose(self, target, value: str) -> None:
        """Chooses an option of a select: one click to open, one to choose."""
        self._move_to("mouse")
        self.human_seconds += THINK + 2 * POINT
        self.clicks += 2
        self.pointer_clicks += 2
        self._locator(target).select_option(value)

    def choose_file(self, target, file) -> None:
        """Chooses a file in the system's dialog."""
        self._move_to("mouse")
        self.human_seconds += THINK + 2 * POINT
        self.clicks += 1
        self.pointer_clicks += 1
        self._locator(target).set_input_files(file)

    def report(self, task: str) -> str:
        """A line with all four figures."""
        return (
            f"{task}: {self.clicks} clicks ({self.pointer_clicks} with the pointer), "
            f"{self.human_seconds:.1f} s modelled, portal {self.system_seconds:.2f} s"
        )

    def within(self, task: str, *, clicks: int, seconds: float) -> None:
        """Writes the figures out and asserts that clicks and modelled time keep to the budget of the task."""
        sys.stdout.write(f"{self.report(task)}\n")
        assert self.clicks <= clicks, self.report(task)
        assert self.human_seconds <= seconds, self.report(task)

    def _locator(self, target):
        return self.page.locator(target) if isinstance(target, str) else target

    def _move_to(self, hand: str) -> None:
        if hand != self._hand:
            self.human_seconds += HOMING
            self._hand = hand

    @contextmanager
    def _waiting(self):
        begun = time.perf_counter()
        yield
        self.page.wait_for_load_state("load")
        self.system_seconds += time.perf_counter() - begun
