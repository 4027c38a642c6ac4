// Keys, paste and mouse.
#include "internal.h"
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

// Far above the numbers that curses hands out itself, from KEY_MAX on, for the extended keys of a terminfo.
// Behind MODIFIED stand the keys of modified_keys, sixteen for each number of modifiers.
enum { PASTE_BEGIN = KEY_MAX + 1000, PASTE_END, MOUSE, MODIFIED };

// The keys that may come with Shift, Alt and Ctrl: as xterm sends them ("\033[1;5D" is Ctrl-←), and as curses
// names them ("kLFT5"). The number is 1 + 1 for Shift + 2 for Alt + 4 for Ctrl.
static const struct { char last; const char *name; int32_t key; } modified_keys[] = {
  {'A', "kUP", CCURSES_UP}, {'B', "kDN", CCURSES_DOWN}, {'C', "kRIT", CCURSES_RIGHT}, {'D', "kLFT", CCURSES_LEFT},
  {'H', "kHOM", CCURSES_HOME}, {'F', "kEND", CCURSES_END},
};
enum { MODIFIED_KEYS = sizeof modified_keys / sizeof modified_keys[0] };

// What terminals send, whatever their terminfo says: many stay in the normal cursor mode.
static const struct { const char *sequence; int code; } extra_keys[] = {
  {"\033[200~", PASTE_BEGIN}, {"\033[201~", PASTE_END}, {"\033[<", MOUSE},
  {"\033[A", KEY_UP}, {"\033[B", KEY_DOWN}, {"\033[C", KEY_RIGHT}, {"\033[D", KEY_LEFT},
  {"\033OA", KEY_UP}, {"\033OB", KEY_DOWN}, {"\033OC", KEY_RIGHT}, {"\033OD", KEY_LEFT},
  {"\033[H", KEY_HOME}, {"\033[F", KEY_END}, {"\033OH", KEY_HOME}, {"\033OF", KEY_END},
  {"\033[1~", KEY_HOME}, {"\033[4~", KEY_END}, {"\033[2~", KEY_IC}, {"\033[3~", KEY_DC},
  {"\033[5~", KEY_PPAGE}, {"\033[6~", KEY_NPAGE}, {"\033[Z", KEY_BTAB},
};

// What terminfo has, stays: 0 says that the sequence is free, -1 that it begins another one.
static void define_free(const char *sequence, int code) {
  if (key_defined(sequence) == 0) define_key(sequence, code);
}

void ccurses_define_keys(void) {
  define_key(NULL, KEY_MOUSE);
  for (size_t i = 0; i < sizeof extra_keys / sizeof extra_keys[0]; i++) {
    define_free(extra_keys[i].sequence, extra_keys[i].code);
  }
  for (int number = 2; number <= 8; number++) {
    for (int i = 0; i < MODIFIED_KEYS; i++) {
      char sequence[8];
      snprintf(sequence, sizeof sequence, "\033[1;%d%c", number, modified_keys[i].last);
      define_free(sequence, MODIFIED + number * 16 + i);
    }
  }
}

static ccurses_event event(int32_t kind, uint32_t value) {
  return (ccurses_event){.kind = kind, .value = value};
}

// Bytes of a UTF-8 sequence that is not complete. wget_wch would lose them when one read ends within it.
static uint32_t partial;
static int missing;

// Takes one byte; returns whether a scalar is ready in *scalar.
static bool decode(int byte, uint32_t *scalar) {
  if (missing > 0 && (byte & 0xC0) == 0x80) {
    partial = partial << 6 | (uint32_t)(byte & 0x3F);
    if (--missing > 0) return false;
    *scalar = partial > 0x10FFFF || (partial >= 0xD800 && partial < 0xE000) ? 0xFFFD : partial;
    return true;
  }
  missing = 0;
  if (byte < 0x80) {
    *scalar = (uint32_t)byte;
    return true;
  }
  if (byte >= 0xC2 && byte < 0xF5) {
    missing = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    partial = (uint32_t)(byte & (0x3F >> missing));
    return false;
  }
  *scalar = 0xFFFD;
  return true;
}

// A mouse event in the making, "button;column;row" and M or m; it may come in pieces too.
static char mouse_text[24];
static size_t mouse_length;
static bool in_mouse;

static ccurses_event mouse_event(char last) {
  int button, column, row;
  mouse_text[mouse_length] = '\0';
  if (sscanf(mouse_text, "%d;%d;%d", &button, &column, &row) != 3) return event(CCURSES_NONE, 0);
  // 4, 8 and 16 are Shift, Alt and Ctrl; 32 is movement, 64 the wheel.
  int32_t kind;
  if (last == 'm' && (button & 64)) return event(CCURSES_NONE, 0);  // the wheel cannot be held
  switch (button & ~(4 | 8 | 16)) {
    case 0: kind = last == 'm' ? CCURSES_MOUSE_RELEASE : CCURSES_MOUSE_PRESS; break;
    case 32: kind = CCURSES_MOUSE_DRAG; break;
    case 64: kind = CCURSES_MOUSE_WHEEL_UP; break;
    case 65: kind = CCURSES_MOUSE_WHEEL_DOWN; break;
    default: kind = CCURSES_NONE;  // the other buttons: a slip of the hand must do nothing
  }
  return (ccurses_event){.kind = kind, .row = row - 1, .column = column - 1};
}

static int32_t modified(int key, int number) {
  int32_t result = modified_keys[key].key;
  if ((number - 1) & 1) result |= CCURSES_SHIFT;
  if ((number - 1) & (2 | 4)) result |= CCURSES_CONTROL;
  return result;
}

static int32_t modified_key(int code) {
  if (code >= MODIFIED + 2 * 16) return modified((code - MODIFIED) % 16, (code - MODIFIED) / 16);
  // The run-time numbers of modified keys differ per terminal; their names do not.
  const char *name = keyname(code);
  for (int i = 0; name != NULL && i < MODIFIED_KEYS; i++) {
    size_t length = strlen(modified_keys[i].name);
    if (strncmp(name, modified_keys[i].name, length) != 0) continue;
    const char *number = name + length;
    if (number[0] == '\0') return modified(i, 2);
    if (number[0] >= '2' && number[0] <= '8' && number[1] == '\0') return modified(i, number[0] - '0');
  }
  return -1;
}

static int32_t key_of(int code) {
  if (code > KEY_F0 && code <= KEY_F0 + 63) return CCURSES_FUNCTION + code - KEY_F0;
  switch (code) {
    case KEY_UP: return CCURSES_UP;
    case KEY_DOWN: return CCURSES_DOWN;
    case KEY_LEFT: return CCURSES_LEFT;
    case KEY_RIGHT: return CCURSES_RIGHT;
    case KEY_HOME: case KEY_A1: return CCURSES_HOME;
    case KEY_END: case KEY_C1: return CCURSES_END;
    case KEY_SR: return CCURSES_UP | CCURSES_SHIFT;
    case KEY_SF: return CCURSES_DOWN | CCURSES_SHIFT;
    case KEY_SLEFT: return CCURSES_LEFT | CCURSES_SHIFT;
    case KEY_SRIGHT: return CCURSES_RIGHT | CCURSES_SHIFT;
    case KEY_SHOME: return CCURSES_HOME | CCURSES_SHIFT;
    case KEY_SEND: return CCURSES_END | CCURSES_SHIFT;
    case KEY_PPAGE: case KEY_SPREVIOUS: case KEY_A3: return CCURSES_PAGE_UP;
    case KEY_NPAGE: case KEY_SNEXT: case KEY_C3: return CCURSES_PAGE_DOWN;
    case KEY_IC: case KEY_SIC: return CCURSES_INSERT;
    case KEY_DC: case KEY_SDC: return CCURSES_DELETE;
    case KEY_BACKSPACE: return CCURSES_BACKSPACE;
    case KEY_ENTER: return CCURSES_ENTER;
    case KEY_BTAB: return CCURSES_BACK_TAB;
    default: return code > KEY_MAX ? modified_key(code) : -1;
  }
}

// What came right behind an ESC: Alt with a key. Returns false when it was ESC alone.
static bool alt_event(ccurses_event *result) {
  int code = wgetch(stdscr);
  if (code == ERR) return false;
  uint32_t scalar;
  if (code == KEY_BACKSPACE || code == KEY_ENTER) {
    *result = event(CCURSES_ALT, code == KEY_BACKSPACE ? 0x7F : '\r');
    return true;
  }
  // Some terminals send Alt with an arrow as ESC and the arrow.
  if (code >= KEY_DOWN && code <= KEY_HOME) {
    *result = event(CCURSES_KEY, (uint32_t)(key_of(code) | CCURSES_CONTROL));
    return true;
  }
  if (code == 033 || code >= KEY_MIN) {
    ungetch(code);
    return false;
  }
  while (!decode(code, &scalar)) {
    code = wgetch(stdscr);
    if (code == ERR || code >= KEY_MIN) {
      if (code != ERR) ungetch(code);
      missing = 0;
      return false;
    }
  }
  *result = event(CCURSES_ALT, scalar);
  return true;
}

ccurses_event ccurses_next(void) {
  for (;;) {
    int code = wgetch(stdscr);
    if (code == ERR) return event(CCURSES_NONE, 0);
    if (in_mouse && (code == 'M' || code == 'm')) {
      in_mouse = false;
      ccurses_event result = mouse_event((char)code);
      if (result.kind != CCURSES_NONE) return result;
      continue;
    }
    in_mouse = in_mouse && ((code >= '0' && code <= '9') || code == ';') && mouse_length + 1 < sizeof mouse_text;
    if (in_mouse) {
      mouse_text[mouse_length++] = (char)code;
      continue;
    }
    if (code < KEY_MIN) {
      uint32_t scalar;
      if (!decode(code, &scalar)) continue;
      ccurses_event result;
      if (scalar == 033 && alt_event(&result)) return result;
      return event(CCURSES_CHARACTER, scalar);
    }
    if (code == PASTE_BEGIN) return event(CCURSES_PASTE_BEGIN, 0);
    if (code == PASTE_END) return event(CCURSES_PASTE_END, 0);
    if (code == MOUSE) {
      in_mouse = true;
      mouse_length = 0;
      continue;
    }
    int32_t key = key_of(code);  // KEY_RESIZE has none: SIGWINCH told it before
    if (key >= 0) return event(CCURSES_KEY, (uint32_t)key);
  }
}

bool ccurses_input_ended(void) {
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  if (poll(&input, 1, 0) <= 0) return false;
  if (input.revents & (POLLHUP | POLLERR | POLLNVAL)) return true;
  // Ready to be read, and nothing in it: that is the end.
  int waiting = 0;
  return ioctl(STDIN_FILENO, FIONREAD, &waiting) == 0 && waiting == 0;
}
