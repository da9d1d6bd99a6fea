"""Registers: one page type. See ``Register`` for what a register declares."""
