package dev.bureau.kernel;

import java.time.Duration;
import java.util.List;

/// What is left of a process that was told to exit and whose code does not stop: it is gone for all others, but its
/// thread still runs or blocks. It ends with its next operation.
///
/// @param pid what it was
/// @param since how long ago it was told to exit
/// @param stack where its code stands
public record Runaway(Pid pid, Duration since, List<StackTraceElement> stack) {}
