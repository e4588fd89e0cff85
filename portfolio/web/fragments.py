"""Answers: a whole page, or the named block of it that htmx asks for."""

from typing import Any

from flask import Flask, current_app, render_template, request


def wants_fragment() -> bool:
    """Whether htmx made this request for a part of the page."""
    return request.headers.get("HX-Request") == "true"


def render_block(template: str, block: str, **context: Any) -> str:
    """One named block of `template`, rendered alone."""
    loaded = current_app.jinja_env.get_template(template)
    current_app.update_template_context(context)
    return "".join(loaded.blocks[block](loaded.new_context(context)))


def render_page(template: str, block: str, **context: Any) -> str:
    """The page, or only its `block` when htmx asks for it."""
    return render_block(template, block, **context) if wants_fragment() else render_template(template, **context)


def init_app(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.add_extension("jinja2.ext.loopcontrols")
