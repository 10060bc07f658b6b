#pragma once

/// How often this process has asked for memory; -1 where that cannot be counted.
long countedAllocations(void);
