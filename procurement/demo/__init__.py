"""The demo: half a year in a small province, made by calling the real actions under the demo's clock.

Facts are the published results of 2018 and 2020; organisations that bid, people, scores, competitors' prices
and orders are made up and marked so. Everything is made in one transaction, or nothing is.
"""

from procurement.demo.story import make_demo

__all__ = ["make_demo"]
