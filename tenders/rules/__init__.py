"""Pure rules of tenders: frozen dataclasses in, dataclasses out."""
