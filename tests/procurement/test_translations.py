"""Collecting, checking and compiling translations without the gettext programs."""

import gettext

import polib
import pytest

from procurement import translations


@pytest.fixture
def project(tmp_path):
    """A project with one string of each kind."""
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "views.py").write_text(
        "_('Save')\n"
        "ngettext('%(count)s lot', '%(count)s lots', n)\n"
        "pgettext('verb', 'Open')\n"
        "gettext_noop('Told')\n"
        "_(variable)\n"
        "save('not for people')\n"
    )
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        "{% load i18n %}{% translate 'Lots (all)' %}"
        "{% blocktranslate with name=tender.name %}Tender {{ name }}{% endblocktranslate %}"
        "{% include 'x.html' with label=_('Back') %}"
    )
    return tmp_path


def catalogue(project) -> polib.POFile:
    return polib.pofile(str(project / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))


def translate_all(project) -> None:
    file = catalogue(project)
    for entry in file:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: f"译{entry.msgid_plural}"}
        else:
            entry.msgstr = f"译{entry.msgid}"
    file.save()


def test_strings_of_modules_and_templates_are_collected(project):
    translations.collect(project)
    assert {entry.msgid for entry in catalogue(project)} == {
        "Save", "%(count)s lot", "Open", "Told", "Lots (all)", "Tender %(name)s", "Back",
    }  # fmt: skip
    assert {entry.msgctxt for entry in catalogue(project)} == {None, "verb"}


def test_collecting_again_keeps_translations_and_drops_what_is_no_longer_used(project):
    translations.collect(project)
    translate_all(project)
    (project / "templates" / "page.html").write_text("")
    translations.collect(project)
    assert {entry.msgid for entry in catalogue(project)} == {"Save", "%(count)s lot", "Open", "Told"}
    assert translations.problems(project) == []


def test_complete_translations_have_no_problems_and_can_be_compiled(project):
    translations.collect(project)
    translate_all(project)
    assert translations.problems(project) == []
    translations.compile_all(project)
    with (project / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.gettext("Save") == "译Save"
    assert compiled.ngettext("%(count)s lot", "%(count)s lots", 3) == "译%(count)s lots"


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda entry: setattr(entry, "msgstr", ""), "not translated"),
        (lambda entry: entry.flags.append("fuzzy"), "not translated"),
        (lambda entry: setattr(entry, "msgstr", "项目 %(nam)s"), "other placeholders"),
        (lambda entry: setattr(entry, "msgid", "Tender"), "not collected"),
        (lambda entry: setattr(entry, "msgid", "Tender"), "no longer used"),
    ],
)
def test_whatever_is_missing_or_wrong_is_told(project, harm, told):
    translations.collect(project)
    translate_all(project)
    file = catalogue(project)
    harm(next(entry for entry in file if entry.msgid == "Tender %(name)s"))
    file.save()
    assert any(told in problem for problem in translations.problems(project))
