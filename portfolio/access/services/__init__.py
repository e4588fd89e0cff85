"""What can be done with accounts, sessions, tokens and organisations."""

from portfolio.access.services.sessions import WINDOW, Attempt, end_sessions, note_attempt, sign_in, sign_out

__all__ = ["WINDOW", "Attempt", "end_sessions", "note_attempt", "sign_in", "sign_out"]
