"""Transfers: candidate pairs of player and club, their scores, status, seller, price and source."""
