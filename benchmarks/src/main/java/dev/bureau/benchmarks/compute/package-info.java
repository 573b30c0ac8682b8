/// Work of the processor alone, the same for all contestants in Java: Bureau runs it in a process, woven, and Pekko in an actor.
package dev.bureau.benchmarks.compute;
