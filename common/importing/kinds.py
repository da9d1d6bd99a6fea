"""The registry of workbook kinds; apps register their resources in ``resources.py``, found at first need."""

from common.registry import Registry

import_kinds: Registry = Registry("workbook kind", found_in="resources")
