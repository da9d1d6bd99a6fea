"""Colours and type of charts; the contrast of each pair was computed by the WCAG formula."""

INK = "#1A1D21"
MUTED = "#5A6472"
LINE = "#D5DBE3"
CONTROL = "#7B8794"
ACTION = "#1F5FBF"
# The same blue, lighter, still 3:1 on white: bars that are not the point of the chart.
ACTION_SOFT = "#6A92CE"
TRACK = "#E9EDF2"
PAPER = "#FFFFFF"
OK = "#14642B"
WARN = "#7A4B00"
BAD = "#A1121F"
NEUTRAL = "#4A5360"

FONT_FAMILY = "'Golos Text', 'PT Sans', 'Segoe UI', Arial, sans-serif"
TEXT = 13.0
SMALL = 12.0
REGULAR, STRONG = 400, 600
