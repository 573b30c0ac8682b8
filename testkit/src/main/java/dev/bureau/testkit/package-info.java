/// What tests of processes need.
///
/// Begin with [ProcessTest], a class of ordinary tests each of which is a process of a node of its own and leaves nothing
/// behind, and [ProcessAssertions], what they say. [Scenario] is a test that runs as a process on the real scheduler and under a
/// thousand seeds of the simulated one; [Otp] names the rule it proves. [Simulation] does the same
/// without JUnit, for a single seed. The rest is how: [SeedRuns] and [CarrierRuns] are the two ways to run a scenario,
/// [Trial] is one run, [SeededScheduler] decides who is next; [TestNode] is the node of
/// an ordinary test, [VirtualTime] its time.
///
/// Threads: a scenario's body and all it spawns are processes of a node of its own. In simulation they all run on one
/// thread, one at a time, so that tests may share static state between them without races; on the real scheduler they
/// may not.
package dev.bureau.testkit;
