"""Tests that concern several distributions, and the fixtures they all share."""
