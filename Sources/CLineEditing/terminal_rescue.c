#include "terminal_rescue.h"

#include <signal.h>
#include <termios.h>
#include <unistd.h>

// What ends a program that does not listen: its own mistakes, limits, and what others send.
static const int endings[] = {SIGSEGV, SIGBUS,  SIGILL,    SIGTRAP, SIGFPE,  SIGABRT, SIGSYS,
                              SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGALRM, SIGUSR1, SIGUSR2};
enum { ending_count = sizeof endings / sizeof *endings };

static struct sigaction old_actions[ending_count];
static struct termios saved_modes;
static volatile sig_atomic_t has_saved_modes;

// Only calls that are safe in a signal handler.
static void rescue(int number) {
  if (has_saved_modes) {
    static const char no_marked_pastes[] = "\033[?2004l\n";
    tcsetattr(STDIN_FILENO, TCSANOW, &saved_modes);
    ssize_t written = write(STDOUT_FILENO, no_marked_pastes, sizeof no_marked_pastes - 1);
    (void)written;
  }
  // Whoever listened before, such as the backtracer of Swift or a sanitizer, goes on.
  for (int index = 0; index < ending_count; index++) {
    if (endings[index] == number) sigaction(number, &old_actions[index], NULL);
  }
  raise(number);
}

void terminal_rescue_install(void) {
  has_saved_modes = tcgetattr(STDIN_FILENO, &saved_modes) == 0;
  for (int index = 0; index < ending_count; index++) {
    struct sigaction action = {.sa_handler = rescue, .sa_flags = SA_NODEFER};
    struct sigaction old;
    if (sigaction(endings[index], NULL, &old) != 0) continue;
    if (old.sa_handler == SIG_IGN || old.sa_handler == rescue) continue;
    old_actions[index] = old;
    sigemptyset(&action.sa_mask);
    sigaction(endings[index], &action, NULL);
  }
}
