"""The commands do what the pages do, at once: one file, all rows or none."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalogue.models import CatalogueImport, Item, PriceEntry
from tests.catalogue.files import PRICE, TABLET, as_xlsx, merged, prices, products, real_list
from tests.catalogue.releases import CODE, STENT, as_release, numbered


@pytest.fixture
def run(world, tmp_path):
    _officer = world.cataloguer

    def run(command, content, *options, name="file.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        out = StringIO()
        call_command(command, str(path), *options, stdout=out)
        return out.getvalue()

    return run


def test_a_file_is_imported(run):
    assert run("import_catalogue", products(TABLET)) == "1 rows: 1 were new, 0 changed, 0 left as they are.\n"
    assert Item.objects.count() == 1
    assert CatalogueImport.objects.get().status == "merged"


def test_a_workbook_is_imported(run):
    run("import_catalogue", as_xlsx(TABLET, [TABLET]), name="file.xlsx")
    assert Item.objects.count() == 1


def test_the_same_file_again_changes_nothing_and_says_so(run):
    run("import_catalogue", products(TABLET))
    told = run("import_catalogue", products(TABLET)).splitlines()
    assert told[0].startswith("This very file was merged before as CI-")
    assert told[1] == "1 rows: 0 were new, 0 changed, 1 left as they are."


def test_a_dry_run_says_what_would_happen_and_leaves_nothing(run):
    told = run("import_catalogue", products(TABLET), "--dry-run")
    assert told == "1 rows: 1 would be new, 0 changed, 0 left as they are.\n"
    assert not Item.objects.exists()
    assert not CatalogueImport.objects.exists()


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_errors_are_told_by_row_and_column_and_nothing_is_left(run, options):
    with pytest.raises(CommandError) as refusal:
        run("import_catalogue", products(TABLET, TABLET | {"pack_size": "half"}), *options)
    assert "row 3, pack_size: A pack holds a whole number" in str(refusal.value)
    assert not Item.objects.exists()
    assert not CatalogueImport.objects.exists()


def test_only_the_first_errors_are_printed(run):
    rows = [TABLET | {"item_name": f"片{number}", "pack_size": "half"} for number in range(30)]
    with pytest.raises(CommandError, match=r"… and 10 more\."):
        run("import_catalogue", products(*rows))


def test_prices_have_a_command_of_their_own(run, world):
    merged(world, products(TABLET))
    with pytest.raises(CommandError, match="there is another command"):
        run("import_catalogue", prices(PRICE))
    with pytest.raises(CommandError, match="there is another command"):
        run("import_prices", products(TABLET))
    assert CatalogueImport.objects.count() == 1
    assert run("import_prices", prices(PRICE)).startswith("1 rows: 1 were new")
    assert PriceEntry.objects.count() == 1


def test_one_person_answers_for_an_import(run, world):
    other = world.seat(world.agency, "cataloguer")
    with pytest.raises(CommandError, match="--as"):
        run("import_catalogue", products(TABLET))
    with pytest.raises(CommandError, match="no seat that may import"):
        run("import_catalogue", products(TABLET), "--as", world.officer.person.email)
    run("import_catalogue", products(TABLET), "--as", other.person.email.upper())
    assert CatalogueImport.objects.get().merged_by == other


def test_what_is_no_file_is_told(run, tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_catalogue", str(tmp_path / "missing.csv"))
    with pytest.raises(CommandError, match="Only CSV and XLSX"):
        run("import_catalogue", b"%PDF", name="file.pdf")


@pytest.mark.skipif(
    not real_list().is_file(),
    reason="the published list is not part of the project; NHSA_DRUG_CODES names the file",
)
def test_the_published_list_is_imported_as_it_is(world):
    _officer, out = world.cataloguer, StringIO()
    call_command("import_catalogue", str(real_list()), stdout=out)
    assert out.getvalue() == "10000 rows: 10000 were new, 0 changed, 0 left as they are.\n"


def test_a_release_is_imported_from_a_file_of_the_server_with_its_progress(run):
    rows = [STENT, numbered(1, code=f"C01{CODE[3:]}"), numbered(2, code="C1")]
    told = run("import_release", as_release(*rows), "--prefixes", "C09", "--merge", name="release.csv").splitlines()
    batch = CatalogueImport.objects.get()
    assert told == [
        f"{batch.reference}: release.csv is kept, and is read.",
        told[1],
        f"{batch.reference} is ready: 1 added, 1 faulty.",
        f"{batch.reference} is merged.",
    ]
    assert told[1].startswith("read 4 of 4 rows")
    assert Item.objects.get().code_prefix == CODE[:10]
    assert (batch.run.classes, batch.run.passed_over) == (["C09"], 1)


def test_a_release_waits_for_a_decision_unless_the_command_makes_it(run):
    told = run("import_release", as_release(STENT), name="release.csv")
    assert told.endswith(" is ready: 1 added.\n")
    assert CatalogueImport.objects.get().status == "ready"
    assert not Item.objects.exists()


def test_what_is_no_release_or_no_beginning_of_a_code_is_refused(run):
    for content, options in ((b"colour\nred\n", ()), (as_release(STENT), ("--prefixes", "X"))):
        with pytest.raises(CommandError):
            run("import_release", content, *options)
    assert not CatalogueImport.objects.exists()
