"""The interview's part of the header stays whole in large text."""

from roadmapdesk import i18n


def test_in_large_text_the_check_button_is_an_icon_with_a_name(open_page, theme):
    i18n.set_language("en")
    page = open_page("|survey|\n||type|name|label|\n||text|first|First|\n")
    check = next(widget for widget in page.actions_right() if widget.objectName() == "check")
    assert check.text() == "Check"
    theme.set_factor(2.0)
    assert check.text() == ""
    assert check.accessibleName() == "Check"
    theme.set_factor(1.0)
    assert check.text() == "Check"
