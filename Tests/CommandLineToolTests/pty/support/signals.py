"""Signals as a program finds them that is started from a terminal."""

import signal


def heed_all():
    """A test may be run where they are ignored, as behind nohup or &, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
