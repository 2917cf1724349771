"""Learning platforms (Moodle, Canvas, Open edX …) over LTI 1.3: launch, deep link, line item, grade passback."""
