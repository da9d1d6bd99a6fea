"""Registers: one page type. See ``Register`` for what a register declares."""

from orgs.registers.plain import Chip, Quick, RegisterView, count_text

__all__ = ["Chip", "Quick", "RegisterView", "count_text"]
