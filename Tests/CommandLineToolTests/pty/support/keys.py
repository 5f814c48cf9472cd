"""Keys that need more care than sending a byte."""

import pexpect


def press_control_d(child):
    """Ends the program from its prompt; fails where it does not leave."""
    # Pressed between the prompt and the switch of the terminal to single keys, it would be lost.
    for _ in range(5):
        child.sendeof()
        if child.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=5) == 0:
            return
    raise AssertionError("Ctrl-D does not leave")
