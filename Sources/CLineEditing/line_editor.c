#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // for wcwidth
#endif

#include "CLineEditing.h"

#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "history_search.h"
#include "terminal_rescue.h"
#include "wide_text.h"

enum { history_size = 10000 };

struct line_editor {
  EditLine *edit;
  HistoryW *history;
  wchar_t *prompt;
  char *text;    // of the last line read
  char *edited;  // handed out by line_editor_edited
  int was_interrupted;
  wchar_t *before, *behind;  // what the line begins as
  int goes_on, is_left_upwards;
  int has_kept_byte;  // what was read too early
  unsigned char kept_byte;
  int is_pasting;
  int is_behind_return;
  int columns;  // of the window when the line was last drawn
  cc_t interrupt_key, quit_key, suspend_key;  // of the terminal
  void *context;
  line_editor_should_stop should_stop;
  line_editor_letter letter;
  line_editor_complete complete;
};

// Only a signal handler can know of these; the editor looks when a read was interrupted.
static volatile sig_atomic_t was_resized, was_continued;

static void note_signal(int number) {
  if (number == SIGWINCH) was_resized = 1;
  if (number == SIGCONT) was_continued = 1;
}

static line_editor *editor_of(EditLine *edit) {
  line_editor *editor = NULL;
  el_wget(edit, EL_CLIENTDATA, &editor);
  return editor;
}

static wchar_t *prompt_of(EditLine *edit) { return editor_of(edit)->prompt; }

// MARK: Reading characters

// Asks the terminal to mark what is pasted, or no longer to.
static void mark_pastes(int on) {
  fputs(on ? "\033[?2004h" : "\033[?2004l", stdout);
  fflush(stdout);
}

// Shows the line in an empty row, or the search in its place.
static void refresh(line_editor *editor) {
  if (!history_search_redraw()) el_wset(editor->edit, EL_REFRESH);
}

static int columns_of_window(void) {
  struct winsize window;
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0 ? window.ws_col : 80;
}

static int row_of_cursor(const line_editor *editor, int columns);

static void go_up(int rows) {
  if (rows > 0) printf("\033[%dA", rows);
}

// Goes to the row of the prompt after the window has changed. Some terminals wrap what they show
// anew and some do not: of the two places the lower one, so that nothing above the line is lost.
static void go_to_prompt(line_editor *editor) {
  int before = row_of_cursor(editor, editor->columns);
  editor->columns = columns_of_window();
  int now = row_of_cursor(editor, editor->columns);
  if (!history_search_is_active()) go_up(before < now ? before : now);
}

// Handles what a signal asks for; returns whether the line is given up.
static int is_stopped_by_signal(line_editor *editor) {
  if (was_resized) {
    was_resized = 0;
    el_resize(editor->edit);
    go_to_prompt(editor);
    // The refresh takes the cursor to stand at the start of an empty line.
    fputs("\r\033[J", stdout);
    refresh(editor);
  }
  if (was_continued) {
    was_continued = 0;
    // The shell has set the terminal to its own ways; libedit sets it anew only from cooked mode.
    el_wset(editor->edit, EL_PREP_TERM, 0);
    el_wset(editor->edit, EL_PREP_TERM, 1);
    mark_pastes(1);
    refresh(editor);
  }
  return editor->should_stop(editor->context);
}

// While a line is typed the terminal hands on the keys that send signals: within a paste they are
// text like any other, and would otherwise tear it apart. Returns whether the byte was such a key.
static int sends_signal(line_editor *editor, unsigned char byte) {
  if (editor->is_pasting || byte == _POSIX_VDISABLE) return 0;
  if (byte == editor->interrupt_key) return raise(SIGINT) == 0;
  if (byte == editor->quit_key) return raise(SIGQUIT) == 0;
  if (byte != editor->suspend_key) return 0;
  mark_pastes(0);
  el_wset(editor->edit, EL_PREP_TERM, 0);
  return raise(SIGTSTP) == 0;
}

// 1 for a byte, 0 at the end of input, -1 when the line is given up.
static int read_byte(line_editor *editor, unsigned char *byte) {
  if (editor->has_kept_byte) {
    editor->has_kept_byte = 0;
    *byte = editor->kept_byte;
    return 1;
  }
  for (;;) {
    ssize_t count = read(STDIN_FILENO, byte, 1);
    if (count < 0 && errno != EINTR) return 0;
    // A line end of two bytes, as in a paste that is not marked, is one.
    int ends_twice = count == 1 && *byte == '\n' && editor->is_behind_return;
    if (count == 1) editor->is_behind_return = *byte == '\r' && !editor->is_pasting;
    if (ends_twice) continue;
    int is_signal = count == 1 && sends_signal(editor, *byte);
    // A signal may also come while a key does; the key is the next line's then.
    if (is_stopped_by_signal(editor)) {
      editor->was_interrupted = 1;
      editor->has_kept_byte = count == 1 && !is_signal;
      editor->kept_byte = *byte;
      return -1;
    }
    if (count >= 0 && !is_signal) return (int)count;
  }
}

// How many columns the prompt takes.
static int prompt_width(const line_editor *editor) {
  int width = 0;
  for (const wchar_t *at = editor->prompt; at && *at; at++) {
    if (wcwidth(*at) > 0) width += wcwidth(*at);
  }
  return width;
}

// Whether a character is drawn over the one before it, such as an accent.
static int is_mark(wchar_t c) {
  int is_joiner = (c >= 0x200B && c <= 0x200F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0x2060;
  return c >= 0x300 && !is_joiner && wcwidth(c) == 0;
}

// How many rows of the screen the cursor stands below the prompt.
static int row_of_cursor(const line_editor *editor, int columns) {
  const LineInfoW *line = el_wline(editor->edit);
  int row = 0, column = prompt_width(editor);
  for (const wchar_t *at = line->buffer; at < line->cursor; at++) {
    int width = wcwidth(*at) > 0 ? wcwidth(*at) : 0;
    // What does not fit goes to the next row as a whole.
    if (*at == '\n' || column + width > columns) {
      column = 0;
      row++;
    }
    column += width;
    if (column == columns) {
      column = 0;
      row++;
    }
  }
  return row;
}

// libedit leaves out characters without a width when it draws. A line with accents that fits in one
// row is written once more as it is: each letter stands where libedit has put it.
static void draw_marks(line_editor *editor) {
  const LineInfoW *line = el_wline(editor->edit);
  struct winsize window;
  int start = prompt_width(editor), width = start, column = start, has_marks = 0;
  for (const wchar_t *at = line->buffer; at < line->lastchar; at++) {
    if (at == line->cursor) column = width;
    int own = *at < 0x20 ? -1 : wcwidth(*at);
    if (own < 0 || (own == 0 && !is_mark(*at))) return;
    has_marks |= own == 0 && at > line->buffer;
    width += own;
  }
  if (line->cursor == line->lastchar) column = width;
  if (!has_marks || ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) != 0) return;
  if (start == 0 || width >= window.ws_col) return;
  char *text = utf8_from_wide(line->buffer, (size_t)(line->lastchar - line->buffer));
  if (text) printf("\r\033[%dC%s\r\033[%dC", start, text, column);
  fflush(stdout);
  free(text);
}

// Puts what the line begins as into it.
static void begin_line(line_editor *editor) {
  wchar_t *before = editor->before, *behind = editor->behind;
  editor->before = editor->behind = NULL;
  if (before && *before) el_winsertstr(editor->edit, before);
  if (behind && *behind) {
    el_winsertstr(editor->edit, behind);
    el_cursor(editor->edit, -(int)wcslen(behind));
  }
  if ((before && *before) || (behind && *behind)) {
    fputs("\r\033[J", stdout);
    el_wset(editor->edit, EL_REFRESH);
  }
  free(before);
  free(behind);
}

// libedit's own reader gives the line up at every signal and reads by the locale.
static int read_character(EditLine *edit, wchar_t *character) {
  line_editor *editor = editor_of(edit);
  if (editor->before) begin_line(editor);
  draw_marks(editor);
  unsigned char bytes[4];
  int status = read_byte(editor, bytes);
  if (status <= 0) return status;
  size_t length = utf8_length(bytes[0]);
  for (size_t index = 1; index < length; index++) {
    status = read_byte(editor, bytes + index);
    if (status <= 0) return status;
    if ((bytes[index] & 0xC0) != 0x80) {
      // The character ends here, whatever it was to be.
      editor->has_kept_byte = 1;
      editor->kept_byte = bytes[index];
      length = 0;
    }
  }
  *character = length == 0 ? 0xFFFD : utf8_decode(bytes, length);
  return 1;
}

// MARK: Keys

// What the screen needs once the line has changed: libedit leaves characters without a width out
// when it draws, and then takes the rest of the line to stand elsewhere, so that such a line is
// drawn anew as a whole.
static unsigned char drawn(EditLine *edit) {
  const LineInfoW *line = el_wline(edit);
  for (const wchar_t *at = line->buffer; at < line->lastchar; at++) {
    if (*at >= 0x300 && wcwidth(*at) == 0) return CC_REDISPLAY;
  }
  return CC_REFRESH;
}

static unsigned char complete_word(EditLine *edit, int key) {
  (void)key;
  line_editor *editor = editor_of(edit);
  switch (editor->complete(editor->context, editor)) {
    case LINE_EDITOR_LINE_CHANGED: return drawn(edit);
    case LINE_EDITOR_LIST_SHOWN: return CC_REDISPLAY;
    case LINE_EDITOR_NOTHING_FOUND: break;
  }
  return CC_REFRESH_BEEP;
}

static unsigned char insert_newline(EditLine *edit, int key) {
  (void)key;
  return el_winsertstr(edit, L"\n") == 0 ? drawn(edit) : CC_ERROR;
}

// Where the line of the statement begins in which a place lies.
static const wchar_t *start_of_line(const LineInfoW *line, const wchar_t *at) {
  while (at > line->buffer && at[-1] != L'\n') at--;
  return at;
}

static const wchar_t *end_of_line(const LineInfoW *line, const wchar_t *at) {
  while (at < line->lastchar && *at != L'\n') at++;
  return at;
}

// The start and the end of the line of the statement in which the cursor stands; from there on, of
// the whole statement.
static unsigned char move_to_start(EditLine *edit, int key) {
  (void)key;
  const LineInfoW *line = el_wline(edit);
  const wchar_t *to = start_of_line(line, line->cursor);
  if (to == line->cursor) to = line->buffer;
  el_cursor(edit, (int)(to - line->cursor));
  return drawn(edit);
}

static unsigned char move_to_end(EditLine *edit, int key) {
  (void)key;
  const LineInfoW *line = el_wline(edit);
  const wchar_t *to = end_of_line(line, line->cursor);
  if (to == line->cursor) to = line->lastchar;
  el_cursor(edit, (int)(to - line->cursor));
  return drawn(edit);
}

// Goes to the line of the statement above or below, to the same place in it as far as it reaches;
// from its first or last line on, through the history, for which `key` stands.
static unsigned char move_by_line(EditLine *edit, int is_up, wchar_t key) {
  const LineInfoW *line = el_wline(edit);
  const wchar_t *start = start_of_line(line, line->cursor);
  const wchar_t *end = end_of_line(line, line->cursor);
  if (is_up && start == line->buffer && editor_of(edit)->goes_on) {
    go_up(row_of_cursor(editor_of(edit), columns_of_window()));
    fputs("\r\033[J", stdout);
    editor_of(edit)->is_left_upwards = 1;
    return CC_NEWLINE;
  }
  if (is_up ? start == line->buffer : end == line->lastchar) {
    el_wpush(edit, (wchar_t[]){key, 0});
    return CC_NORM;
  }
  const wchar_t *to = is_up ? start_of_line(line, start - 1) : end + 1;
  const wchar_t *last = end_of_line(line, to);
  to = last - to < line->cursor - start ? last : to + (line->cursor - start);
  el_cursor(edit, (int)(to - line->cursor));
  return drawn(edit);
}

static unsigned char move_up(EditLine *edit, int key) {
  (void)key;
  return move_by_line(edit, 1, 0x10);
}

static unsigned char move_down(EditLine *edit, int key) {
  (void)key;
  return move_by_line(edit, 0, 0x0E);
}

// libedit's own keys take one character at a time, also out of a letter that is made of several.
// Moves the cursor over the letter before or behind it, or deletes that letter.
static unsigned char take_letter(EditLine *edit, int is_before, int deletes) {
  const LineInfoW *line = el_wline(edit);
  const wchar_t *start = is_before ? line->buffer : line->cursor;
  const wchar_t *end = is_before ? line->cursor : line->lastchar;
  char *text = utf8_from_wide(start, (size_t)(end - start));
  int count = text ? editor_of(edit)->letter(text, is_before) : 0;
  free(text);
  if (count == 0) return CC_ERROR;
  if (!is_before) el_cursor(edit, count);
  if (deletes) {
    el_wdeletestr(edit, count);
  } else if (is_before) {
    el_cursor(edit, -count);
  }
  return drawn(edit);
}

static unsigned char delete_before(EditLine *edit, int key) {
  (void)key;
  return take_letter(edit, 1, 1);
}

static unsigned char delete_behind(EditLine *edit, int key) {
  (void)key;
  return take_letter(edit, 0, 1);
}

static unsigned char delete_behind_or_end(EditLine *edit, int key) {
  const LineInfoW *line = el_wline(edit);
  return line->lastchar == line->buffer ? CC_EOF : delete_behind(edit, key);
}

static unsigned char move_before(EditLine *edit, int key) {
  (void)key;
  return take_letter(edit, 1, 0);
}

static unsigned char move_behind(EditLine *edit, int key) {
  (void)key;
  return take_letter(edit, 0, 0);
}

// Whether more comes at once, as the rest of a paste does.
static int has_input(void) {
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  return poll(&input, 1, 80) > 0;
}

// Reads what comes up to the mark that ends a paste, with its length; NULL where it is given up.
static wchar_t *read_paste(line_editor *editor, size_t *length) {
  static const wchar_t end_mark[] = L"\033[201~";
  const size_t mark_length = sizeof end_mark / sizeof *end_mark - 1;
  size_t count = 0, capacity = 1024;
  wchar_t *text = malloc((capacity + 1) * sizeof *text);
  wchar_t character;
  int is_given_up = 0, is_whole = 0;
  editor->is_pasting = 1;
  while (text && !is_whole && (!is_given_up || has_input())) {
    if (el_wgetc(editor->edit, &character) != 1) {
      is_given_up = 1;
      break;
    }
    is_given_up |= character == editor->interrupt_key && character != _POSIX_VDISABLE;
    if (count == capacity) {
      wchar_t *larger = realloc(text, (capacity * 2 + 1) * sizeof *text);
      if (!larger) break;
      text = larger;
      capacity *= 2;
    }
    text[count++] = character;
    is_whole = count >= mark_length &&
               wmemcmp(text + count - mark_length, end_mark, mark_length) == 0;
  }
  editor->is_pasting = 0;
  if (!is_given_up) {
    *length = is_whole ? count - mark_length : count;
    return text;
  }
  free(text);
  return NULL;
}

// Makes line ends and tabs of a paste those of a line; 0 where something in it could not be shown
// as it is, and would be another text when it runs.
static int clean_paste(wchar_t *text, size_t *length) {
  size_t kept = 0;
  wchar_t quote = 0;
  for (size_t index = 0; index < *length; index++) {
    wchar_t c = text[index];
    if (c == '\r' && index + 1 < *length && text[index + 1] == '\n') continue;
    if (c == '\r') c = '\n';
    if (c == '\'' || c == '"' || c == '`') quote = quote == 0 ? c : quote == c ? 0 : quote;
    if (c == '\t' && quote == 0) c = ' ';
    if ((c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0) || c == 0xFFFD) return 0;
    text[kept++] = c;
  }
  while (kept > 0 && text[kept - 1] == '\n') kept--;
  text[kept] = 0;
  *length = kept;
  return 1;
}

// What a terminal sends as one paste is inserted as one text, line ends and all, instead of being
// run line by line. Whoever interrupts it gives up all of it.
static unsigned char insert_paste(EditLine *edit, int key) {
  (void)key;
  line_editor *editor = editor_of(edit);
  size_t length = 0;
  wchar_t *text = read_paste(editor, &length);
  if (!text) {
    editor->was_interrupted = 1;
    return CC_EOF;
  }
  if (!clean_paste(text, &length)) {
    free(text);
    line_editor_show(
        editor, "\nNot pasted: it holds a tab in quotes, or a character that no line can show.\n"
                "Put it into a file and run that: .read FILE\n");
    return CC_REDISPLAY;
  }
  int failed = length > 0 && el_winsertstr(edit, text) != 0;
  free(text);
  return failed ? CC_ERROR : drawn(edit);
}

static unsigned char search_history(EditLine *edit, int key) {
  (void)key;
  line_editor *editor = editor_of(edit);
  go_up(row_of_cursor(editor, columns_of_window()));
  unsigned char result = history_search(edit, editor->history);
  if (result == CC_EOF) editor->was_interrupted = 1;
  return result;
}

// A key that does nothing here, or the end of a paste whose beginning nobody has seen.
static unsigned char ignore(EditLine *edit, int key) {
  (void)edit;
  (void)key;
  return CC_NORM;
}

// Keys of which libedit would take the last characters as text: function keys and Page Up as
// `ESC [ number ~`, arrows and their like as `ESC [ letter` or `ESC O letter`, all with the keys held
// down beside them.
static void ignore_unknown_keys(EditLine *edit) {
  wchar_t sequence[16];
  for (int number = 1; number <= 34; number++) {
    for (int held = 1; held <= 8; held++) {
      swprintf(sequence, 16, held == 1 ? L"\033[%d~" : L"\033[%d;%d~", number, held);
      el_wset(edit, EL_BIND, sequence, L"deskql-ignore", NULL);
    }
  }
  for (const wchar_t *letter = L"ABCDEFHPQRSZ"; *letter; letter++) {
    for (int held = 2; held <= 8; held++) {
      swprintf(sequence, 16, L"\033[1;%d%lc", held, (wint_t)*letter);
      el_wset(edit, EL_BIND, sequence, L"deskql-ignore", NULL);
    }
    if (wcschr(L"ABCD", *letter)) continue;
    swprintf(sequence, 16, L"\033O%lc", (wint_t)*letter);
    el_wset(edit, EL_BIND, sequence, L"deskql-ignore", NULL);
    swprintf(sequence, 16, L"\033[%lc", (wint_t)*letter);
    el_wset(edit, EL_BIND, sequence, L"deskql-ignore", NULL);
  }
  // The function keys of the Linux console.
  for (const wchar_t *letter = L"ABCDE"; *letter; letter++) {
    swprintf(sequence, 16, L"\033[[%lc", (wint_t)*letter);
    el_wset(edit, EL_BIND, sequence, L"deskql-ignore", NULL);
  }
  // The keys of libedit's own command line, of characters as they are, and of marks.
  static const wchar_t *const keys[] = {L"\033x", L"\033X", L"^V", L"^X"};
  for (size_t index = 0; index < sizeof keys / sizeof *keys; index++) {
    el_wset(edit, EL_BIND, keys[index], L"deskql-ignore", NULL);
  }
}

static void bind_keys(EditLine *edit) {
  el_wset(edit, EL_ADDFN, L"deskql-ignore", L"do nothing", ignore);
  ignore_unknown_keys(edit);
  el_wset(edit, EL_ADDFN, L"deskql-complete", L"complete the word", complete_word);
  el_wset(edit, EL_ADDFN, L"deskql-newline", L"go on in a new line", insert_newline);
  el_wset(edit, EL_ADDFN, L"deskql-paste", L"insert a paste", insert_paste);
  el_wset(edit, EL_BIND, L"^I", L"deskql-complete", NULL);
  el_wset(edit, EL_BIND, L"\033\r", L"deskql-newline", NULL);
  el_wset(edit, EL_BIND, L"\033\n", L"deskql-newline", NULL);
  el_wset(edit, EL_BIND, L"\033[200~", L"deskql-paste", NULL);
  // Behind an Escape that was pressed before, too.
  el_wset(edit, EL_BIND, L"\033\033[200~", L"deskql-paste", NULL);
  el_wset(edit, EL_BIND, L"\033[201~", L"deskql-ignore", NULL);
  el_wset(edit, EL_ADDFN, L"deskql-search", L"search what was typed before", search_history);
  el_wset(edit, EL_BIND, L"^R", L"deskql-search", NULL);
  el_wset(edit, EL_ADDFN, L"deskql-delete-before", L"delete a letter", delete_before);
  el_wset(edit, EL_ADDFN, L"deskql-delete-behind", L"delete the next letter", delete_behind);
  el_wset(edit, EL_ADDFN, L"deskql-delete-or-end", L"the same, or leave", delete_behind_or_end);
  el_wset(edit, EL_ADDFN, L"deskql-move-before", L"go a letter back", move_before);
  el_wset(edit, EL_ADDFN, L"deskql-move-behind", L"go a letter on", move_behind);
  el_wset(edit, EL_ADDFN, L"deskql-move-to-start", L"go to the line's start", move_to_start);
  el_wset(edit, EL_ADDFN, L"deskql-move-to-end", L"go to the line's end", move_to_end);
  el_wset(edit, EL_ADDFN, L"deskql-move-up", L"go to the line above", move_up);
  el_wset(edit, EL_ADDFN, L"deskql-move-down", L"go to the line below", move_down);
  static const struct { const wchar_t *key, *function; } letters[] = {
      {L"\033[A", L"deskql-move-up"},       {L"\033OA", L"deskql-move-up"},
      {L"\033[B", L"deskql-move-down"},     {L"\033OB", L"deskql-move-down"},
      {L"^H", L"deskql-delete-before"},     {L"^?", L"deskql-delete-before"},
      {L"^D", L"deskql-delete-or-end"},     {L"^B", L"deskql-move-before"},
      {L"\033[D", L"deskql-move-before"},   {L"\033OD", L"deskql-move-before"},
      {L"^F", L"deskql-move-behind"},       {L"\033[C", L"deskql-move-behind"},
      {L"\033OC", L"deskql-move-behind"},   {L"^A", L"deskql-move-to-start"},
      {L"\033[H", L"deskql-move-to-start"},  {L"\033OH", L"deskql-move-to-start"},
      {L"\033[1~", L"deskql-move-to-start"}, {L"^E", L"deskql-move-to-end"},
      {L"\033[F", L"deskql-move-to-end"},    {L"\033OF", L"deskql-move-to-end"},
      {L"\033[4~", L"deskql-move-to-end"},
  };
  for (size_t index = 0; index < sizeof letters / sizeof *letters; index++) {
    el_wset(edit, EL_BIND, letters[index].key, letters[index].function, NULL);
  }
  // Delete as most terminals send it, and words by Ctrl or Alt and arrows.
  el_wset(edit, EL_BIND, L"\033[3~", L"deskql-delete-behind", NULL);
  el_wset(edit, EL_BIND, L"\033[1;5D", L"ed-prev-word", NULL);
  el_wset(edit, EL_BIND, L"\033[1;5C", L"em-next-word", NULL);
  el_wset(edit, EL_BIND, L"\033[1;3D", L"ed-prev-word", NULL);
  el_wset(edit, EL_BIND, L"\033[1;3C", L"em-next-word", NULL);
}

// MARK: The editor

// libedit writes characters by the locale, and drops those that the locale has not.
static void use_utf8(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

line_editor *line_editor_open(
    void *context, line_editor_should_stop should_stop, line_editor_letter letter,
    line_editor_complete complete) {
  use_utf8();
  terminal_rescue_install();
  line_editor *editor = calloc(1, sizeof *editor);
  if (!editor) return NULL;
  editor->context = context;
  editor->should_stop = should_stop;
  editor->letter = letter;
  editor->complete = complete;
  editor->edit = el_init("deskql", stdin, stdout, stderr);
  editor->history = history_winit();
  if (!editor->edit || !editor->history) {
    line_editor_close(editor);
    return NULL;
  }
  HistEventW event;
  history_w(editor->history, &event, H_SETSIZE, history_size);
  history_w(editor->history, &event, H_SETUNIQUE, 1);
  EditLine *edit = editor->edit;
  el_wset(edit, EL_CLIENTDATA, editor);
  el_wset(edit, EL_EDITOR, L"emacs");
  el_wset(edit, EL_SIGNAL, 0);
  el_wset(edit, EL_GETCFN, read_character);
  el_wset(edit, EL_HIST, history_w, editor->history);
  el_wset(edit, EL_PROMPT, prompt_of);
  el_source(edit, NULL);
  el_wset(edit, EL_SETTY, L"-d", L"-isig", L"-icrnl", L"-inlcr", NULL);
  bind_keys(edit);
  return editor;
}

void line_editor_close(line_editor *editor) {
  if (editor->edit) el_end(editor->edit);
  if (editor->history) history_wend(editor->history);
  free(editor->prompt);
  free(editor->text);
  free(editor->edited);
  free(editor);
}

line_editor_event line_editor_read(
    line_editor *editor, const char *prompt, const char *before, const char *behind, int goes_on) {
  wchar_t *wide_prompt = wide_from_utf8(prompt);
  if (wide_prompt) {
    free(editor->prompt);
    editor->prompt = wide_prompt;
  }
  free(editor->text);
  editor->text = NULL;
  editor->was_interrupted = 0;
  editor->before = wide_from_utf8(before);
  editor->behind = wide_from_utf8(behind);
  editor->goes_on = goes_on;
  editor->is_left_upwards = 0;

  struct sigaction action = {.sa_handler = note_signal}, old_resize, old_continue;
  sigemptyset(&action.sa_mask);
  sigaction(SIGWINCH, &action, &old_resize);
  sigaction(SIGCONT, &action, &old_continue);
  struct termios terminal;
  if (tcgetattr(STDIN_FILENO, &terminal) == 0) {
    editor->interrupt_key = terminal.c_cc[VINTR];
    editor->quit_key = terminal.c_cc[VQUIT];
    editor->suspend_key = terminal.c_cc[VSUSP];
  }
  mark_pastes(1);
  // The window may have changed while nobody looked.
  el_resize(editor->edit);
  editor->columns = columns_of_window();
  int count = 0;
  const wchar_t *line = el_wgets(editor->edit, &count);
  mark_pastes(0);
  sigaction(SIGWINCH, &old_resize, NULL);
  sigaction(SIGCONT, &old_continue, NULL);

  free(editor->before);
  free(editor->behind);
  editor->before = editor->behind = NULL;
  if (editor->was_interrupted) return LINE_EDITOR_INTERRUPTED;
  if (editor->is_left_upwards) {
    editor->text = utf8_from_wide(line, line && count > 0 ? (size_t)count : 0);
    return LINE_EDITOR_LEFT_UPWARDS;
  }
  if (!line || count <= 0) return LINE_EDITOR_END;
  size_t length = (size_t)count;
  if (line[length - 1] == '\n') length--;
  editor->text = utf8_from_wide(line, length);
  return LINE_EDITOR_LINE;
}

const char *line_editor_text(line_editor *editor) { return editor->text ? editor->text : ""; }

void line_editor_remember(line_editor *editor, const char *entry) {
  wchar_t *wide = wide_from_utf8(entry);
  if (!wide) return;
  HistEventW event;
  history_w(editor->history, &event, H_ENTER, wide);
  free(wide);
}

// MARK: Completion

static size_t utf8_size(unsigned value) {
  return value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
}

const char *line_editor_edited(line_editor *editor, size_t *cursor) {
  const LineInfoW *line = el_wline(editor->edit);
  char *before = utf8_from_wide(line->buffer, (size_t)(line->cursor - line->buffer));
  *cursor = before ? strlen(before) : 0;
  free(before);
  free(editor->edited);
  editor->edited = utf8_from_wide(line->buffer, (size_t)(line->lastchar - line->buffer));
  return editor->edited ? editor->edited : "";
}

void line_editor_replace(line_editor *editor, size_t length, const char *text) {
  const LineInfoW *line = el_wline(editor->edit);
  int count = 0;
  for (size_t bytes = 0; bytes < length && line->cursor - count > line->buffer; count++) {
    bytes += utf8_size((unsigned)line->cursor[-count - 1]);
  }
  if (count > 0) el_wdeletestr(editor->edit, count);
  wchar_t *wide = wide_from_utf8(text);
  if (wide && *wide) el_winsertstr(editor->edit, wide);
  free(wide);
}

void line_editor_delete_next(line_editor *editor, size_t length) {
  const LineInfoW *line = el_wline(editor->edit);
  int count = 0;
  for (size_t bytes = 0; bytes < length && line->cursor + count < line->lastchar; count++) {
    bytes += utf8_size((unsigned)line->cursor[count]);
  }
  if (count == 0) return;
  el_cursor(editor->edit, count);
  el_wdeletestr(editor->edit, count);
}

void line_editor_show(line_editor *editor, const char *text) {
  (void)editor;
  fputs(text, stdout);
  fflush(stdout);
}
