"""Sealed bids, format `sealed-bid/1`: pure functions over bytes, without database, clock or settings.

- `envelope`: seal a payload to the openers, take a file apart, check an upload against the notice
- `opening`: release a share, open with k shares or with the seed, and say whose fault a failure is
- `payloads`, `offers`: what is inside; `attachments`: large files beside it
- `reserve`: a sealed reserve price; `reports`: the report of an evaluation
- `documents`: receipts, requests, releases and the like, signed; `tree`: their Merkle tree
- `keys`: openers' keys, key files under a code, canaries
- `canonical`, `primitives`: the bytes and the cryptography below; `errors`: what can go wrong

The format and how to check it are described in `docs/sealed-bids.md`.
"""
