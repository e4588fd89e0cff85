"""The language of an answer: the user's choice, then the session's, then the browser's, else German."""

from flask import current_app, g, has_request_context, request, session


def select_locale() -> str:
    languages: tuple[str, ...] = current_app.config["LANGUAGES"]
    if not has_request_context():
        return languages[0]
    # Flask-Login's `current_user` would ask the database here, which an error page must not need.
    user = g.get("_login_user")
    chosen = getattr(user, "locale", None) or session.get("locale")
    if chosen in languages:
        return str(chosen)
    return request.accept_languages.best_match(languages) or languages[0]
