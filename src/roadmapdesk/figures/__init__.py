"""Charts as display lists of rectangles, polygons and texts, drawn alike by Qt and by reportlab."""
