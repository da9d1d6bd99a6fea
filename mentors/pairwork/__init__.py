"""What a pair or group does, read once and shown as stages, one timeline and calls for attention."""

from mentors.pairwork.attention import Flag, flags
from mentors.pairwork.loading import Work, work_of_group, work_of_pair
from mentors.pairwork.stages import stages
from mentors.pairwork.timeline import KINDS, SOURCES, Event, Timeline, events_of_others, timeline

__all__ = [
    "KINDS",
    "SOURCES",
    "Event",
    "Flag",
    "Timeline",
    "Work",
    "events_of_others",
    "flags",
    "stages",
    "timeline",
    "work_of_group",
    "work_of_pair",
]
