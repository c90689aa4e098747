"""Import prices from a file."""

from accounts.permissions import Permission
from catalogue.management.importing import ImportCommand
from catalogue.models import CatalogueImport


class Command(ImportCommand):
    help = "Import prices into the price register; all rows or none."
    permission = Permission.RECORD_PRICE
    takes = (CatalogueImport.Layout.PRICES,)
