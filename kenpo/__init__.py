"""KPI targets and actuals of the branches of 協会けんぽ: data, rules and pages."""
