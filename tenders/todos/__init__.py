"""What waits for whom, one module an area: ``nav(seat)``, ``todos(seat, now)`` and ``related(reference, seat)``."""
