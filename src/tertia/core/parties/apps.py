from django.apps import AppConfig
from django.db.models.signals import post_migrate


def bring_new_rules(**_: object) -> None:
    """An installation that is set up gets the rules that a new version brings; a new one gets them when it is set up."""
    from tertia.core.actions.actor import Actor  # app start
    from tertia.core.parties.setup import load_rules  # app start
    from tertia.core.rules.models import Rule  # app start

    if Rule.objects.filter(organisation=None).exists():
        load_rules(Actor.system("upgrade"))


class PartiesConfig(AppConfig):
    name = "tertia.core.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(bring_new_rules, sender=self)
