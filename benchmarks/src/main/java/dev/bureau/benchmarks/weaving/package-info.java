/// What [dev.bureau.benchmarks.WeavingOverhead] runs in JVMs of its own, each with one workload, woven or not.
///
/// Start with [Workload], then [Measurement]. The workloads know nothing of Bureau: all of them are loaded by a
/// [WorkloadLoader], with the libraries they use, and run by one process.
@NullMarked
package dev.bureau.benchmarks.weaving;

import org.jspecify.annotations.NullMarked;
