"""Scoring model: responses of organisations in, one immutable Scorecard out. Pure; knows no form, file or screen."""
