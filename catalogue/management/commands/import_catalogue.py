"""Import items and products from a file."""

from accounts.permissions import Permission
from catalogue.management.importing import ImportCommand
from catalogue.models import CatalogueImport


class Command(ImportCommand):
    help = "Import items and products, as the national list or in the layout of the template; all rows or none."
    permission = Permission.IMPORT_CATALOGUE
    takes = (CatalogueImport.Layout.NATIONAL_LIST, CatalogueImport.Layout.TEMPLATE)
