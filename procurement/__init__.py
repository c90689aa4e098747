"""The Django project: settings, addresses, background work, and the command that runs everything here."""
