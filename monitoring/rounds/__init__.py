"""A monitoring round before it is closed: begun, confirmed by schools, reminded of."""
