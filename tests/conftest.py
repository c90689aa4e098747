"""Fixtures for all tests."""

import pytest
from django.core.cache import cache

from tests.world import World


@pytest.fixture(autouse=True)
def _cheap_passwords(settings):
    """Argon2 is slow on purpose; tests that log in need not wait for it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _empty_cache():
    """Each test begins with nothing remembered."""
    cache.clear()


@pytest.fixture
def world(db) -> World:
    """A small province with an agency, a supplier, a hospital and the people in them."""
    return World()
