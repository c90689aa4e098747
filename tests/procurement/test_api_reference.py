"""The description of the API: every operation with a name, an area and a sentence; a page of it from nowhere else."""

import re

import pytest
from django.urls import reverse

from procurement import reference
from tests.guards.test_operations import OPERATIONS


@pytest.fixture(scope="module")
def operations():
    return [operation for _area, operations in reference.areas() for operation in operations]


def test_every_operation_is_described_once(operations):
    assert len(operations) == len(OPERATIONS)
    names = [operation.name for operation in operations]
    assert len(names) == len(set(names))
    assert all(re.fullmatch("[a-z_]+", name) for name in names)
    wanting = [one.name for one in operations if not one.summary or len(one.summary) > 120]
    assert wanting == []
    writes = [one for one in operations if one.method != "GET" and "/chunks/" not in one.path]
    assert [one.name for one in writes if "Idempotency-Key" not in {field.name for field in one.parameters}] == []


def test_every_shape_that_is_named_is_told(operations):
    shapes = {shape.name for shape in reference.shapes()}
    named = {kind.shape for one in operations for _status, kind in one.told} | {
        one.sent.shape for one in operations if one.sent
    }
    fields = [field for shape in reference.shapes() for field in shape.fields]
    assert (named | {field.kind.shape for field in fields}) - {""} <= shapes


@pytest.mark.django_db
def test_every_example_is_one_that_the_platform_reads():
    views = {view for _method, _path, view in OPERATIONS if getattr(view, "example", None)}
    assert len(views) >= 6
    for view in views:
        serializer = view.takes(data=view.example)
        serializer.is_valid()
        codes = {code for errors in serializer.errors.values() for code in re.findall("code='([a-z_]+)'", repr(errors))}
        assert codes <= {"does_not_exist"}, view  # the things are those of nobody


def test_the_page_is_open_to_everybody_and_comes_from_here_alone(client, db, operations):
    page = client.get(reverse("api-reference"))
    assert page.status_code == 200
    text = page.content.decode()
    assert all(f'id="{operation.name}"' in text for operation in operations)
    assert re.findall(r'(?:src|href)="(?:https?:)?//', text) == []
    assert "OpenAPI 3" in text
