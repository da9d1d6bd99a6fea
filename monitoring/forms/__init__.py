"""Forms of the monitoring app."""

from monitoring.forms.rounds import CloseRoundForm, ConfirmForm, RemindForm, RoundForm

__all__ = ["CloseRoundForm", "ConfirmForm", "RemindForm", "RoundForm"]
