"""Planning interviews: the calendar list, whom to ask next, appointments and the calendar file.

May import `pages`, `widgets`, `workspace.planning` and `workspace.appointments`. Entry point: `page.PlanningPage`.
"""
