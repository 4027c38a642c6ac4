// Signals, suspending, lending the terminal to another program.
#include "internal.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const int told[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGINT, SIGTERM, SIGHUP};
static const int fatal[] = {SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS};
enum { TOLD = sizeof told / sizeof told[0], FATAL = sizeof fatal / sizeof fatal[0] };

static int signal_pipe[2] = {-1, -1};
static struct sigaction before[NSIG];
static bool caught;

// Any thread may receive a signal: one write is all that may be done, and all that is needed.
static void tell(int number) {
  int error = errno;
  unsigned char byte = (unsigned char)number;
  (void)!write(signal_pipe[1], &byte, 1);
  errno = error;
}

// After a crash the user gets a terminal that works and the message; then whoever was to handle it does.
static void crash(int number) {
  ccurses_restore_terminal();
  ccurses_show_stderr();
  sigaction(number, &before[number], NULL);
  raise(number);  // waits until this handler returns
}

static void catch(int number, void (*handler)(int), int flags) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, &before[number]);
}

void ccurses_catch_signals(void) {
  if (caught) return;
  // Kept for good: whoever waits on it may notice later that the terminal was given back.
  if (signal_pipe[0] < 0 && pipe2(signal_pipe, O_NONBLOCK | O_CLOEXEC) != 0) return;
  caught = true;
  for (int i = 0; i < TOLD; i++) catch(told[i], tell, SA_RESTART);
  // A stack of its own, for a stack that ran over; kept for good, since a handler may stand on it.
  stack_t stack;
  if (sigaltstack(NULL, &stack) == 0 && (stack.ss_flags & SS_DISABLE)) {
    stack = (stack_t){.ss_size = 64 * 1024};
    stack.ss_sp = malloc(stack.ss_size);
    if (stack.ss_sp != NULL) sigaltstack(&stack, NULL);
  }
  for (int i = 0; i < FATAL; i++) catch(fatal[i], crash, SA_ONSTACK);
}

void ccurses_release_signals(void) {
  if (!caught) return;
  caught = false;
  for (int i = 0; i < TOLD; i++) sigaction(told[i], &before[told[i]], NULL);
  for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &before[fatal[i]], NULL);
}

int32_t ccurses_signal_descriptor(void) { return signal_pipe[0]; }

int32_t ccurses_next_signal(void) {
  unsigned char byte;
  return read(signal_pipe[0], &byte, 1) == 1 ? byte : 0;
}

static void let_go(void) {
  ccurses_modes(false);
  endwin();
  ccurses_hold(false);
}

bool ccurses_suspend(void) {
  // In the session's first process group no shell waits that could say `fg`.
  if (getpgrp() == getsid(0)) return false;
  let_go();
  // SIGTSTP would come back to our own handler. The group, since a pipeline or `make` stops as a whole.
  kill(0, SIGSTOP);
  return true;
}

void ccurses_resume(void) {
  reset_prog_mode();
  ccurses_hold(true);
  ccurses_sync_size();
  ccurses_modes(true);
  clearok(curscr, TRUE);
  refresh();
}

int32_t ccurses_run(char *const arguments[]) {
  let_go();
  // Ctrl-C and Ctrl-\ are for the child; Ctrl-Z stops both, and `fg` wakes both.
  struct sigaction stop, interrupt, quit;
  struct sigaction standard = {.sa_handler = SIG_DFL}, ignored = {.sa_handler = SIG_IGN};
  sigaction(SIGTSTP, &standard, &stop);
  sigaction(SIGINT, &ignored, &interrupt);
  sigaction(SIGQUIT, &ignored, &quit);
  sigset_t none, defaults;
  sigemptyset(&none);
  sigemptyset(&defaults);
  for (int i = 0; i < TOLD; i++) sigaddset(&defaults, told[i]);
  sigaddset(&defaults, SIGQUIT);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  // In our own process group: in another one the terminal would stop it at its first word.
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  ccurses_show_stderr();
  pid_t child;
  int status = 127 << 8;
  if (posix_spawnp(&child, arguments[0], NULL, &attributes, arguments, environ) == 0) {
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  }
  posix_spawnattr_destroy(&attributes);
  ccurses_hide_stderr();
  sigaction(SIGTSTP, &stop, NULL);
  sigaction(SIGINT, &interrupt, NULL);
  sigaction(SIGQUIT, &quit, NULL);
  ccurses_resume();
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
