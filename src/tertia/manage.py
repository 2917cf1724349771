"""Django's own commands, with Tertia's settings."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tertia.settings")

if __name__ == "__main__":
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
