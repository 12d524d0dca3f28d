"""The use cases, one module per subject: what a script, the command line and the desktop all call."""
