"""The page before an act that cannot be undone: what will happen, to whom, and the one button."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from contracts.forms import ReasonForm
from core.skins import attempt


@dataclass(frozen=True)
class Question:
    """What is asked. ``back`` is where both buttons lead; ``done`` is said when it is done."""

    title: str
    reference: str
    effects: list[str]
    submit: str
    done: str
    back: str
    danger: bool = False
    lead: str = ""
    warning: str = ""
    parties: list[dict[str, Any]] = field(default_factory=list)


def ask_reason(request: HttpRequest, question: Question, act: Callable[[str], object]) -> HttpResponse:
    """Ask for the reason as well, which is handed to the act."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return ask(request, question, form, lambda: act(form.cleaned_data["reason"]))


def ask(request: HttpRequest, question: Question, form: Form, act: Callable[[], object]) -> HttpResponse:
    """Show the question, or act when it was answered with a yes; a refusal is shown on the same page."""
    if request.method == "POST" and attempt(form, act):
        messages.success(request, question.done)
        return redirect(question.back)
    return render(request, "confirm.html", {**vars(question), "form": form, "cancel_url": question.back})
