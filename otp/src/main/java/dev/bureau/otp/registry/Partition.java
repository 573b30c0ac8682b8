package dev.bureau.otp.registry;

import dev.bureau.kernel.process.LocalPid;

/// A process that cleans up, and the entries that it answers for: those of the processes that are linked to it.
record Partition(LocalPid pid, Owners owners) {}
