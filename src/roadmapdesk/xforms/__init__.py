"""The form engine: any ODK XForm, live. A library on its own: no Qt, no database, no domain knowledge."""
