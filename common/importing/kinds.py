"""The registry of workbook kinds; apps register their resources in ``resources.py``."""

from common.registry import Registry

import_kinds: Registry = Registry("workbook kind")
