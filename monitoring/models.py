"""Indicators as data, targets, monitoring rounds with frozen snapshots, the roadmap."""

from monitoring.indicator_models import Indicator, IndicatorSetting, Target
from monitoring.roadmap_models import ActivityOccurrence, Roadmap, RoadmapActivity, RoadmapSection
from monitoring.round_models import Figure, Round, RoundConfirmation, RoundReminder, Snapshot

__all__ = [
    "ActivityOccurrence",
    "Figure",
    "Indicator",
    "IndicatorSetting",
    "Roadmap",
    "RoadmapActivity",
    "RoadmapSection",
    "Round",
    "RoundConfirmation",
    "RoundReminder",
    "Snapshot",
    "Target",
]
