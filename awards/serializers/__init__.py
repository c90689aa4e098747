"""Shapes of the API about decisions, awards and negotiations."""
