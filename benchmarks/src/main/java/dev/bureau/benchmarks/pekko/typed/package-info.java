/// The rows in which it matters how actors are written, as Apache Pekko does them by typed ones: one file for a row, or for several
/// of a kind. [PekkoTypedContestant] is the program, and [Guardian] starts the first actor of a round.
///
/// As the documentation has it for Java: actors with a state are objects ([org.apache.pekko.actor.typed.javadsl.AbstractBehavior]),
/// those without are functions, who is to answer stands in the message, and actors are started from within others.
package dev.bureau.benchmarks.pekko.typed;
