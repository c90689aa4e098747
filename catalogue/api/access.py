"""Who may read the catalogue, and who may write into it, by method."""

from accounts.permissions import Permission

READ = {"GET": (Permission.READ_CATALOGUE,)}
IMPORT = (Permission.IMPORT_CATALOGUE, Permission.RECORD_PRICE)
RELEASE = (Permission.IMPORT_CATALOGUE,)
