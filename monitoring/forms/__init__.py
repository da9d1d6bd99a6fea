"""Forms of the monitoring app."""

from monitoring.forms.rounds import CloseRoundForm

__all__ = ["CloseRoundForm"]
