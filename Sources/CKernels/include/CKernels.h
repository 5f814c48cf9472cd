#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdint.h>
#include <stddef.h>

/* What a thread does that looks again and again whether something has come. */
static inline void dq_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#include "StructuralScan.h"
#include "TextScan.h"
#include "ShortAccess.h"
#include "FieldText.h"
#include "DictionaryLookup.h"

#include "MaskKernels.h"
#include "GroupKernels.h"
#include "PlaceKernels.h"
#include "SortKernels.h"
#include "NumberKernels.h"
#include "ValueTexts.h"
#include "TextLists.h"
#include "TextTemplates.h"
#include "IntegrityKernels.h"
#include "Heap.h"
#include "ThreadPlaces.h"

#endif
