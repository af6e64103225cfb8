"""The HTML log that travels beside each RAR (``docs/spec/html-log.md``)."""

from sigasers.formats.html_log.page import HtmlLog, render_html

__all__ = ["HtmlLog", "render_html"]
