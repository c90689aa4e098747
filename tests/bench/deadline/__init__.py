"""The race for the deadline: thousands of submissions through the web tier while the deadline comes.

`python -m tests.bench deadline` makes an installation of its own under the supervisor, as `make run` does, with
every safety of PostgreSQL on. Clients submit sealed versions of their bids, stall at random, and send each
submission again under its key until it is answered. With `--kill` web workers and PostgreSQL are killed meanwhile.
Then the tender is closed, three openers' programs release, and what each client was told is held against what is
stored, closed and opened. Any disagreement ends the run and says what does not agree.

Everything is sealed beforehand, so that sealing is not measured; clients and servers share the machine.
"""
