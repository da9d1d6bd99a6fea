"""Kinds of reports of the monitoring app: the analytical справка and the summary workbook."""

from monitoring.reports.spravka import Spravka
from monitoring.reports.summary import Summary

__all__ = ["Spravka", "Summary"]
