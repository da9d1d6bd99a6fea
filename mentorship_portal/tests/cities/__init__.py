"""Random cities as workbooks: the people behind them, the files, and the figures by plain loops.

Nothing here uses the code under test, so that both may not be wrong in the same way.
"""

from mentorship_portal.tests.cities.figures import expected
from mentorship_portal.tests.cities.folder import write_city
from mentorship_portal.tests.cities.generator import make_city
from mentorship_portal.tests.cities.model import Bond, City, Headcount, Human, Reply, School

__all__ = ["Bond", "City", "Headcount", "Human", "Reply", "School", "expected", "make_city", "write_city"]
