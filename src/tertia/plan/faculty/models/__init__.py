from tertia.plan.faculty.models.assignments import Assignment, AssignmentLine, AssignmentVersion, Norm, Placed, Post
from tertia.plan.faculty.models.profiles import Profile, ProfileFunction, ProfileReview, ProfileVersion, ReviewLine
from tertia.plan.faculty.models.recognition import Ground, Recognition, Training, TrainingPart

__all__ = [
    "Assignment", "AssignmentLine", "AssignmentVersion", "Ground", "Norm", "Placed", "Post", "Profile", "ProfileFunction", "ProfileReview", "ProfileVersion",
    "Recognition", "ReviewLine", "Training", "TrainingPart",
]  # fmt: skip
