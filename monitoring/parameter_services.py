"""Writing a municipality's own choices of an indicator."""

from __future__ import annotations

from django.db import transaction

from common.recorded import save_as
from monitoring.models import Indicator, IndicatorSetting
from monitoring.parameters import merge
from monitoring.registry import INDICATORS
from orgs.models import Municipality


@transaction.atomic
def set_parameters(
    *, actor, municipality: Municipality, indicator: Indicator, parameters: dict, document: str
) -> IndicatorSetting:
    """Stores the choices by which the municipality's figures are computed from now on.

    Frozen rounds keep the rule that they were closed with. Raises
    :class:`monitoring.parameters.ParameterProblem` for a choice that the rule does not know.
    """
    merge(indicator.code, INDICATORS.get(indicator.code).parameters, parameters)
    setting = (
        IndicatorSetting.objects.select_for_update(of=("self",))
        .filter(municipality=municipality, indicator=indicator)
        .first()
    ) or IndicatorSetting(municipality=municipality, indicator=indicator)
    setting.parameters = parameters
    setting.document = document
    return save_as(actor, setting)
