#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdint.h>
#include <stddef.h>

#include "StructuralScan.h"
#include "TextScan.h"
#include "ShortAccess.h"
#include "DictionaryLookup.h"

#include "MaskKernels.h"
#include "GroupKernels.h"
#include "PlaceKernels.h"
#include "SortKernels.h"
#include "NumberKernels.h"
#include "IntegrityKernels.h"
#include "Heap.h"

#endif
