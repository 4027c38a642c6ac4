#include "internal.h"
#include <ctype.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

static SCREEN *screen;
static bool wants_mouse;
static bool has_default_colours;
static bool ascii_only;

// Glass terminals of before Unicode, and what serial lines are called after them. What they are today mostly
// does show UTF-8, and a locale that says so is believed.
static bool is_old_terminal(void) {
  const char *name = getenv("TERM");
  if (name == NULL) return false;
  // "vte" is a program of today.
  return (strncmp(name, "vt", 2) == 0 && isdigit((unsigned char)name[2])) || strncmp(name, "ansi", 4) == 0;
}

bool ccurses_ascii_only(void) { return ascii_only; }

bool ccurses_use_utf8(void) {
  setlocale(LC_CTYPE, "");
  bool is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
  ascii_only = !is_utf8 && is_old_terminal();
  if (is_utf8) return true;
  // With LANG=C curses drops wide text without a word. Terminals are UTF-8, whatever the locale says.
  return setlocale(LC_CTYPE, "C.UTF-8") != NULL || setlocale(LC_CTYPE, "en_US.UTF-8") != NULL;
}

// Curses knows paste not at all, and of the mouse it hands out the last event of a burst first.
void ccurses_modes(bool on) {
  putp(on ? "\033[?2004h" : "\033[?2004l");
  if (wants_mouse) putp(on ? CCURSES_MOUSE_ON : CCURSES_MOUSE_OFF);
  ccurses_hold_mouse(on && wants_mouse);
  fflush(stdout);  // putp writes through stdio, the rest of curses does not
}

void ccurses_set_mouse(bool on) {
  if (screen != NULL && !isendwin() && on != wants_mouse) {
    ccurses_hold_mouse(true);  // also while it is being turned off
    putp(on ? CCURSES_MOUSE_ON : CCURSES_MOUSE_OFF);
    fflush(stdout);
    ccurses_hold_mouse(on);
  }
  wants_mouse = on;
}

static int32_t give_up(int32_t reason) {
  if (screen != NULL) {
    endwin();
    delscreen(screen);
    screen = NULL;
  }
  ccurses_release_signals();
  return reason;
}

// <term.h>, which declares it, also defines macros such as `lines` and `bell`.
extern int setupterm(const char *, int, int *);

bool ccurses_usable(void) {
  int error = 0;
  if (setupterm(NULL, STDOUT_FILENO, &error) != OK) return false;
  char *place = tigetstr("cup");
  return place != NULL && place != (char *)-1;  // newterm sets up anew: nothing depends on this one
}

int32_t ccurses_open(bool mouse, bool colour) {
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || !ccurses_remember_terminal()) {
    return CCURSES_NO_TERMINAL;
  }
  ccurses_use_utf8();
  // Before newterm: curses leaves a handler of ours alone.
  ccurses_catch_signals();
  screen = newterm(NULL, stdout, stdin);  // initscr() would end the program with a message of its own
  if (screen == NULL || tigetstr("cup") == NULL) return give_up(CCURSES_UNUSABLE);
  static bool at_exit = false;
  if (!at_exit) at_exit = atexit(ccurses_close) == 0;
  ccurses_hide_stderr();
  wants_mouse = mouse;
  ccurses_compose_reset();
  ccurses_hold(true);
  raw();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  meta(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  set_escdelay(25);
  if (colour && has_colors()) {
    start_color();
    has_default_colours = use_default_colors() == OK;
  }
  ccurses_define_keys();
  ccurses_modes(true);
  ccurses_sync_size();  // LINES and COLUMNS of the environment may be stale
  return CCURSES_OPENED;
}

void ccurses_close(void) {
  if (screen == NULL) return;
  if (!isendwin()) {
    ccurses_modes(false);
    endwin();
  }
  ccurses_restore_terminal();
  ccurses_hold(false);
  delscreen(screen);
  screen = NULL;
  ccurses_release_signals();
  ccurses_show_stderr();
}

int32_t ccurses_rows(void) { return getmaxy(stdscr); }
int32_t ccurses_columns(void) { return getmaxx(stdscr); }
int32_t ccurses_colours(void) { return COLORS > 0 ? COLORS : 0; }

void ccurses_sync_size(void) {
  clearok(curscr, TRUE);
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return;
  if (is_term_resized(size.ws_row, size.ws_col)) resizeterm(size.ws_row, size.ws_col);
}

int32_t ccurses_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

static int pair_of(int32_t foreground, int32_t background) {
  if (COLORS == 0 || (foreground < 0 && background < 0 && has_default_colours)) return 0;
  if (!has_default_colours) {
    if (foreground < 0) foreground = COLOR_WHITE;
    if (background < 0) background = COLOR_BLACK;
  }
  int pair = alloc_pair(foreground, background);
  return pair > 0 ? pair : 0;
}

bool ccurses_put(int32_t row, int32_t column, const uint32_t *scalars, int32_t count, int32_t columns,
                 int32_t attributes, int32_t foreground, int32_t background) {
  int32_t total = 0;
  for (int32_t i = 0; i < count; i++) {
    int width = wcwidth((wchar_t)scalars[i]);
    if (width < 0) return false;
    total += width;
  }
  if (total != columns) return false;
  attr_t look = 0;
  if (attributes & CCURSES_BOLD) look |= WA_BOLD;
  if (attributes & CCURSES_DIM) look |= WA_DIM;
  if (attributes & CCURSES_REVERSE) look |= WA_REVERSE;
  if (attributes & CCURSES_UNDERLINE) look |= WA_UNDERLINE;
  int pair = pair_of(foreground, background);
  wattr_set(stdscr, look, (short)pair, &pair);  // the pointer carries pairs above 32,767
  // An error here is the cursor that cannot pass the last cell; the text is written.
  mvwaddnwstr(stdscr, row, column, (const wchar_t *)scalars, count);
  return true;
}

void ccurses_erase(void) {
  wattr_set(stdscr, 0, 0, NULL);
  erase();
}

void ccurses_show(int32_t row, int32_t column) {
  curs_set(row < 0 ? 0 : 1);
  if (row >= 0) move(row, column);
  refresh();
}

void ccurses_bell(void) { beep(); }
void ccurses_flash(void) { flash(); }
