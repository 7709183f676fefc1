"""What a view uses: `render` a template, `say` something on the next page, or run a whole form page."""

from hearth.foundation.ui.form_page import form_page
from hearth.foundation.ui.rendering import render, say

__all__ = ["form_page", "render", "say"]
