"""Kinds of reports of the monitoring app: справка, figures, organizations, surveys, roadmap."""

from monitoring.reports.periods import closed_rounds
from monitoring.reports.register import OrganizationRegister
from monitoring.reports.roadmap import RoadmapReport
from monitoring.reports.spravka import Spravka
from monitoring.reports.summary import Summary
from monitoring.reports.surveys import Surveys

__all__ = ["OrganizationRegister", "RoadmapReport", "Spravka", "Summary", "Surveys", "closed_rounds"]
