"""What self-assessments give to measuring."""

from tertia.core.facts.declare import declare_lived

declare_lived("S11", "assessment", "closed")
