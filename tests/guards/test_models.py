"""What every table keeps: facts in pairs, checked choices, reachable statuses, named constraints."""

import ast

import pytest
from django.core.management import call_command
from django.db import models as django_models
from django.db.models import CheckConstraint

from core.triggers import is_append_only, is_recorded
from tests.guards.house import PROJECT, PURE, ROOMS, models, modules, tree, where

# Instants that are planned, or set by a machine and not by a person's act.
PLANNED_OR_MACHINE = {
    "negotiation.due_at",
    "negotiation.ends_at",
    "event.at",
    "rowrecord.recorded_at",
    "link.recorded_at",
    "trailcheck.checked_at",
    "trailhead.signed_at",
    "outboxmessage.due_at",
    "outboxmessage.delivered_at",
    "idempotencykey.created_at",
    "draft.saved_at",  # the seat is on the row, and only that seat reads it
    "organisation.registered_at",  # the first organisation has nobody who could register it
    "application.applied_at",  # whoever applies has no seat yet
    "applicationlicence.given_at",
    "applicationlicence.replaced_at",
    "invitation.expires_at",
    "bankaccount.usable_at",  # the confirmation, or 72 hours after it
    "invitation.invited_at",  # the first officer is invited by the installation
    # A person's factors and devices are its own: only that person makes and uses them (a reset is an event).
    "passkey.added_at",
    "passkey.last_used_at",
    "passkey.removed_at",
    "codeapp.added_at",
    "codeapp.last_used_at",
    "passwordreset.asked_at",
    "passwordreset.expires_at",
    "passwordreset.used_at",
    "recoverycode.made_at",
    "recoverycode.used_at",
    "guessedcodes.since_at",
    "guessedpasswords.since_at",
    "device.first_seen_at",
    "inboxmessage.sent_at",
    "inboxmessage.read_at",  # a message belongs to one seat, and only that seat reads it
    "bidversion.received_at",
    "receipt.received_at",
    "reveal.received_at",
    "revealcall.due_at",
    "close.closed_at",
    "timestamp.stamped_at",
    "minutes.written_at",
    "openedenvelope.opened_at",
    "technicalresult.final_at",
    "opener.key_made_at",  # only the opener can make, prove and lose it: the seat is on the row
    "opener.lost_at",
    "opener.key_proved_at",
}
# Tables whose rows leave no record in the trail. A new line here is a decision.
NOT_RECORDED = {
    "rowrecord": "the records themselves",
    "link": "the chain over them",
    "outboxmessage": "a side effect on its way; nothing is true because of it",
    "draft": "what somebody types and has not sent; no fact yet",
    "searchentry": "made anew from the rooms' rows by a command",
    "idempotencykey": "the answer to a request; what the request did is recorded",
    "inboxmessage": "a message in an inbox; what it tells of is recorded",
    "guessedcodes": "how many codes were tried; nothing is true because of it",
    "guessedpasswords": "how many passwords were tried; nothing is true because of it",
    "device": "a browser that is known again; that it was new is recorded as an event",
    "tokenuse": "the last day on which a program called; what it did is recorded",
    "session": "written at any request by the framework; who signs in does no act yet",
    "releaserun": "how far a worker has come; what it counts is said in events",
    "releaserow": "a line of a release that is read; what is merged of it is recorded",
    "stagedrow": "a line of a file that is read; what is merged of it is recorded",
    "demandwindow_hospitals": "who is asked to report; who reported what is recorded",
}
# Statuses from which nothing follows.
ENDS = {
    "catalogueimport": {"merged", "discarded"},
    "pricechange": {"confirmed", "refused", "withdrawn"},
    "edition": {"published", "discarded"},
    "listing": {"refused", "withdrawn", "delisted"},
    "adjustment": {"accepted", "refused", "withdrawn"},
    "shortage": {"refused", "withdrawn", "over"},
    "system": {"confirmed", "declined"},
    "filing": {"confirmed", "declined"},
    "application": {"admitted", "refused", "withdrawn"},
    "admissionobjection": {"upheld", "dismissed"},
    "tender": {"cancelled"},
    "change": {"approved", "declined"},
    "lot": set(),  # where a technical result ended it, its bids may be judged again
    "decision": {"awarded", "withdrawn"},
    "negotiation": {"agreed", "failed"},
    "contract": {"terminated"},
    "bankaccount": {"withdrawn", "lapsed"},
    "correction": {"approved", "declined", "withdrawn", "lapsed"},
    "order": {"sent_back", "refused", "cancelled", "confirmed"},
}


def instants():
    for model in models():
        for field in model._meta.concrete_fields:
            if isinstance(field, django_models.DateTimeField) and model._meta.model_name != "person":
                yield model, field.name


def test_every_human_act_has_its_person_and_its_constraint():
    wrong = []
    for model, name in instants():
        label = f"{model._meta.model_name}.{name}"
        if label in PLANNED_OR_MACHINE or not name.endswith("_at"):
            continue
        fact = name.removesuffix("_at")
        names = {field.name for field in model._meta.concrete_fields}
        constraints = {constraint.name for constraint in model._meta.constraints}
        if f"{fact}_by" not in names or not any(held.endswith(f"_{fact}_at_and_by") for held in constraints):
            wrong.append(label)
    assert wrong == []


def test_the_list_of_planned_and_machine_instants_is_true():
    assert {f"{model._meta.model_name}.{name}" for model, name in instants()} >= PLANNED_OR_MACHINE


def test_every_table_leaves_records_in_the_trail_or_has_a_reason_not_to():
    assert {model._meta.model_name for model in models() if not is_recorded(model)} == set(NOT_RECORDED)


def test_every_append_only_table_is_recorded_but_for_those_of_the_trail():
    frozen = {model._meta.model_name for model in models() if is_append_only(model) and not is_recorded(model)}
    assert frozen == {"rowrecord", "link"}


def test_every_choice_is_held_by_the_database():
    wrong = []
    for model in models():
        checks = {c.name for c in model._meta.constraints if isinstance(c, CheckConstraint)}
        for field in model._meta.concrete_fields:
            if field.choices and f"{model._meta.model_name}_{field.name}_is_a_choice" not in checks:
                wrong.append(f"{model.__name__}.{field.name}")
    assert wrong == []


@pytest.mark.parametrize("model", [model for model in models() if hasattr(model, "MOVES")], ids=lambda m: m.__name__)
def test_every_status_is_reached_and_every_end_is_declared(model):
    field = model._meta.get_field("status")
    first = str(field.default)
    reached = {first} | {str(to) for targets in model.MOVES.values() for to in targets}
    assert reached == {str(value) for value in model.Status.values}
    ends = {str(value) for value in model.Status.values if not model.MOVES.get(model.Status(value))}
    assert ends == ENDS[model._meta.model_name]


def test_no_model_declares_digits_of_its_own():
    wrong = []
    for path in modules():
        if (
            path.name in ("fields.py", "serializers.py", "forms.py")
            or "serializers" in path.parts
            or "forms" in path.parts
        ):
            continue
        for node in ast.walk(tree(path)):
            bare = isinstance(node, ast.Attribute) and node.attr == "DecimalField"
            if bare and isinstance(node.value, ast.Name) and node.value.id == "models":
                wrong.append(where(path, node.lineno))
    assert wrong == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_migration_has_a_made_up_name():
    names = [path.stem for path in PROJECT.glob("*/migrations/0*.py")]
    assert names
    assert [name for name in names if "_auto_" in name or "_and_more" in name or "_alter_" in name] == []


def test_no_migration_imports_live_code():
    """A migration is as it was: of a room it knows columns, triggers and counters, whose making core keeps alike."""
    lasting = {"core.fields", "core.triggers", "core.references", "core.migrating"}
    wrong = []
    for path in sorted(PROJECT.glob("*/migrations/*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                named = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                named = [node.module or ""]
            else:
                continue
            ours = [name for name in named if name.split(".")[0] in (*PURE, *ROOMS)]
            wrong += [f"{path}: {name}" for name in ours if name not in lasting and ".migrations." not in name]
    assert wrong == []
