/// The benchmarks of the Savina suite as Pekko does them, one file each, by classic actors. Parameters are those of the suite, and
/// what is computed is what Bureau computes.
///
/// Where an actor of the suite waits for an answer and puts other messages aside meanwhile, it has a queue of its own for
/// them, which is quicker than a stash.
package dev.bureau.benchmarks.pekko.savina;
