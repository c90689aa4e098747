"""The README's commands are the ones that continuous integration runs, and what it points at exists."""

import re

from tests.guards.house import PROJECT

README = (PROJECT / "README.md").read_text()


def test_the_commands_of_the_readme_exist_and_are_run():
    makefile = (PROJECT / "Makefile").read_text()
    named = set(re.findall(r"\bmake ([a-z-]+)", README))
    assert {"run", "test", "check", "bench", "reset-demo"} <= named
    assert [target for target in named if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []
    run = (PROJECT / ".ci" / "run").read_text()
    assert "make test" in run
    assert re.search(r"make (--\S+ )?check", run)


def test_everything_the_readme_points_at_exists():
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert len(targets) > 10
    assert [target for target in targets if not (PROJECT / target).exists()] == []
