/// Benchmarks of the scheduler and the kernel.
package dev.bureau.benchmarks;
