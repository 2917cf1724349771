from tertia.plan.strategy.models.measure import Measure, MeasureNews, Wait
from tertia.plan.strategy.models.strategy import Approval, ChosenNeed, ChosenPartner, Priority, Strategy, Version

__all__ = ["Approval", "ChosenNeed", "ChosenPartner", "Measure", "MeasureNews", "Priority", "Strategy", "Version", "Wait"]
