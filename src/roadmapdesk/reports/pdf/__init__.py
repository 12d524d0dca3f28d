"""The PDF writer: lays a document out on A4 pages and writes it tagged (PDF/UA-1, PDF/A-2a).

The only package that loads reportlab, and only when a file is written. Text is never markup here: it is measured in
the shipped face and drawn as it is. Entry point: `writer.write_pdf`.
"""
