// Leaving the terminal as it was, also from within a signal handler: only write, tcsetattr, dup2 and lseek.
#include "internal.h"
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

static struct termios saved;
static char reset[512];
static size_t reset_length;
static volatile sig_atomic_t held, mouse_held;
static int real_stderr = -1;

bool ccurses_remember_terminal(void) { return tcgetattr(STDIN_FILENO, &saved) == 0; }

void ccurses_hold(bool is_held) { held = is_held; }
void ccurses_hold_mouse(bool is_held) { mouse_held = is_held; }

static void append(const char *text) {
  while (*text != '\0' && reset_length < sizeof reset) {
    // "$<10/>" asks for a pause in milliseconds, which a terminal of today does not need.
    const char *end = text[0] == '$' && text[1] == '<' ? strchr(text, '>') : NULL;
    if (end != NULL) {
      text = end + 1;
    } else {
      reset[reset_length++] = *text++;
    }
  }
}

void ccurses_compose_reset(void) {
  static const char *const names[] = {"sgr0", "cnorm", "rmkx", "rmcup"};
  reset_length = 0;
  append("\033[?2004l");
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    const char *capability = tigetstr(names[i]);
    if (capability != NULL && capability != (char *)-1) append(capability);
  }
}

static void write_all(int descriptor, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(descriptor, bytes, count);
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

void ccurses_restore_terminal(void) {
  if (!held) return;
  held = 0;
  if (!isendwin()) {
    if (mouse_held) write_all(STDOUT_FILENO, CCURSES_MOUSE_OFF, sizeof CCURSES_MOUSE_OFF - 1);
    write_all(STDOUT_FILENO, reset, reset_length);
  }
  tcsetattr(STDIN_FILENO, TCSANOW, &saved);  // not DRAIN: a terminal that is stuck would hold us
}

// A warning of a library would be drawn over, and lost with the alternate screen.
void ccurses_hide_stderr(void) {
  if (!isatty(STDERR_FILENO)) return;
  int file = memfd_create("stderr", MFD_CLOEXEC);
  if (file < 0) return;
  real_stderr = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (real_stderr >= 0) dup2(file, STDERR_FILENO);
  close(file);
}

void ccurses_show_stderr(void) {
  if (real_stderr < 0) return;
  char buffer[4096];
  off_t offset = 0;
  ssize_t count;
  while ((count = pread(STDERR_FILENO, buffer, sizeof buffer, offset)) > 0) {
    write_all(real_stderr, buffer, (size_t)count);
    offset += count;
  }
  dup2(real_stderr, STDERR_FILENO);
  close(real_stderr);
  real_stderr = -1;
}
