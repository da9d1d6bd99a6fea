"""Everything from the bytes of a mailed workbook to clean rows; knows nothing of what the rows mean.

Kept free of imports on purpose: the reading child (``child.py``) must start without Django.
"""
