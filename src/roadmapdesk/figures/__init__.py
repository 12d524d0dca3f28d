"""Charts as display lists of rectangles, polygons and texts, drawn alike by Qt and by reportlab.

May import `scoring`, `domain` and below; fontTools is loaded on first use by `metrics`. Entry points:
`display_list.Scene` (what a painter draws), `display_list.Figure` (a scene with statement, n, source, alternative
text and data table), `palette.load_palette`, and one ``draw_…`` function per chart module.
"""
