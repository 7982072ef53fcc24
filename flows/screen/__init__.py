"""The safety screen: text in, evidence out. Deterministic and explainable; it never decides what to do (see triage)."""
