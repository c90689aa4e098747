"""Faults that are planted in a copy of the sources, to see that the tests find each of them."""
