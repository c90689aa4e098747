"""Anybody's check of a tender: from its public record and a bidder's own files, without the platform.

- `material`: what is checked, read from the files; nothing in them is believed yet
- `bids`: what a bidder asks of its own bid: receipt, place under the root, commitment, price
- `tender`: what everybody asks of the tender: close, count, ranking, signatures, lists, files
- `evaluation`: who passed, a second time; `coverage`: whether an offer is of what its bid covers
- `ranking`: the ranking a second time, written apart from the platform's own
- `awards`: who wins, and what each winner supplies, a second time
- `stamp`: the outside time stamp
- `findings`: the points in their order, and the answer to each
- `words`: the answers as sentences

`static/js/checking.js` is the same check in a browser; points and reasons have the same names there.
"""
