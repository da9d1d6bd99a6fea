"""Kinds of reports of the monitoring app: the analytical справка, the summary workbook, the roadmap."""

from monitoring.reports.periods import closed_rounds
from monitoring.reports.roadmap import RoadmapReport
from monitoring.reports.spravka import Spravka
from monitoring.reports.summary import Summary

__all__ = ["RoadmapReport", "Spravka", "Summary", "closed_rounds"]
