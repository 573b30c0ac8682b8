/// Runs the races that stand beside the classes they are about, in the packages of the scheduler and the kernel.
///
/// Read [Race], then a race, say [dev.bureau.kernel.process.WaitingMark]; then [Threads] and [Model].
package dev.bureau.concurrency;
