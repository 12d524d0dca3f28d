"""The assessment page: heatmap and its evidence, plots, stages, robustness, and what other settings would give.

Reads `workspace.evidence.Assessed` alone, which is disclosed for one level, so every view shows what that reader
sees. Pictures are the display lists of `figures`. Entry point: `page.AssessmentPage`.
"""
