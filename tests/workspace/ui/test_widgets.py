from __future__ import annotations

from egide.workspace.ui.widgets import QuickSelect


def test_options_are_escaped_and_the_chosen_one_is_selected(workspace: None) -> None:
    drawn = QuickSelect(choices=[("", "Tous"), ("a", "<b>"), (3, "Trois")]).render("x", 3, {"class": "c"})
    assert drawn == (
        '<select class="c" name="x"><option value="">Tous</option>'
        '<option value="a">&lt;b&gt;</option><option value="3" selected>Trois</option></select>'
    )
    assert 'value="" selected' in QuickSelect(choices=[("", "Tous")]).render("x", None)
