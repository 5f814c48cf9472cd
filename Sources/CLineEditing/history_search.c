#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // for wcwidth
#endif

#include "history_search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wctype.h>

#include "wide_text.h"

enum { word_capacity = 256, control_g = 7, backspace = 8, control_r = 18, rubout = 127 };

typedef struct search {
  wchar_t word[word_capacity + 1];
  size_t length;
  /// How many entries have been passed over.
  int skipped;
  /// What is found, or what stood in the line at first.
  wchar_t *found;
  int is_failing;
} search;

/// The search that goes on, for when the screen has changed.
static const search *active;

static int contains(const wchar_t *text, const search *search) {
  for (; *text; text++) {
    size_t index = 0;
    while (index < search->length &&
           towlower((wint_t)text[index]) == towlower((wint_t)search->word[index])) {
      index++;
    }
    if (index == search->length) return 1;
  }
  return 0;
}

/// Looks for the word from an entry on, the latest of which is 0.
static void look(search *search, HistoryW *history, int from) {
  HistEventW event;
  int index = 0;
  search->is_failing = search->length > 0;
  for (int found = history_w(history, &event, H_FIRST); found >= 0 && search->is_failing;
       found = history_w(history, &event, H_NEXT), index++) {
    if (index < from || !contains(event.str, search)) continue;
    wchar_t *copy = wcsdup(event.str);
    if (!copy) return;
    free(search->found);
    search->found = copy;
    search->skipped = index;
    search->is_failing = 0;
  }
}

/// Writes the search in one row of the screen.
static void draw(const search *search) {
  struct winsize window;
  int room = ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 1
                 ? window.ws_col - 1 : 79;
  const wchar_t *parts[] = {
      search->is_failing ? L"(not found) '" : L"(search) '", search->word, L"': ",
      search->found};
  wchar_t row[1024];
  size_t count = 0;
  for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
    for (const wchar_t *at = parts[part]; *at && count < sizeof row / sizeof *row; at++) {
      wchar_t shown = *at < 0x20 ? L' ' : *at;
      int width = wcwidth(shown);
      if (width > room) break;
      room -= width > 0 ? width : 0;
      row[count++] = shown;
    }
  }
  char *text = utf8_from_wide(row, count);
  printf("\r\033[J%s", text ? text : "");
  fflush(stdout);
  free(text);
}

int history_search_is_active(void) { return active != NULL; }

int history_search_redraw(void) {
  if (!active) return 0;
  draw(active);
  return 1;
}

static void set_line(EditLine *edit, const wchar_t *text) {
  const LineInfoW *line = el_wline(edit);
  el_cursor(edit, (int)(line->lastchar - line->cursor));
  line = el_wline(edit);
  if (line->lastchar > line->buffer) el_wdeletestr(edit, (int)(line->lastchar - line->buffer));
  if (*text) el_winsertstr(edit, text);
}

unsigned char history_search(EditLine *edit, HistoryW *history) {
  const LineInfoW *line = el_wline(edit);
  size_t size = (size_t)(line->lastchar - line->buffer);
  wchar_t *before = calloc(size + 1, sizeof *before);
  if (!before) return CC_ERROR;
  wmemcpy(before, line->buffer, size);
  search search = {.found = wcsdup(before)};
  active = &search;
  int status = search.found ? 1 : -1;
  wchar_t key = 0;
  int goes_on = status > 0;
  while (goes_on) {
    draw(&search);
    status = el_wgetc(edit, &key);
    if (status != 1) break;
    if (key == control_r) {
      look(&search, history, search.skipped + 1);
    } else if (key == backspace || key == rubout) {
      if (search.length > 0) search.word[--search.length] = 0;
      look(&search, history, 0);
    } else if (key >= 0x20) {
      if (search.length < word_capacity) search.word[search.length++] = key;
      look(&search, history, search.skipped);
    } else {
      goes_on = 0;
    }
  }
  active = NULL;
  fputs("\r\033[J", stdout);
  if (status == 1) {
    set_line(edit, key == control_g ? before : search.found);
    el_wset(edit, EL_REFRESH);
  }
  free(search.found);
  free(before);
  if (status != 1) return CC_EOF;
  if (key != control_g) el_wpush(edit, (wchar_t[]){key, 0});
  return CC_NORM;
}
