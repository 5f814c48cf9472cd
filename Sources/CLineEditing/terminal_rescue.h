#ifndef TERMINAL_RESCUE_H
#define TERMINAL_RESCUE_H

// Keeps the terminal's modes, and brings them back should a signal end the program.
void terminal_rescue_install(void);

#endif
