/// The rows as Apache Pekko does them: one file for a row, or for several of a kind. [PekkoContestant] is the program.
///
/// Classic actors, except where the documentation of Pekko knows no other way than typed ones; what is behind an actor is
/// thin in both, and thinner in classic ones.
package dev.bureau.benchmarks.pekko;
