"""Help without a network: the handbook's pages in a window of their own, and what stands in the about dialog.

May import `commands`, `pages`, `widgets` and the paths of shipped files. Entry points: `helper.Helper`,
`window.HandbookWindow`, `about.AboutDialog`, `handbook.page_for`.
"""
