"""The fictional municipality «Приозёрск»: believable data of every kind, the same for the same seed.

Nobody in it is real. Names, figures and events are drawn by one random generator; every row is written
through the services of the apps, so that the demo obeys the rules of the product.
"""
