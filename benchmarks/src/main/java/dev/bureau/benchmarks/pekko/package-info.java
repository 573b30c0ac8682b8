/// The rows as Apache Pekko does them: one file for a row, or for several of a kind. [PekkoContestant] is the program.
///
/// By classic actors; typed ones, in the rows in which the way of writing matters, are a contestant of their own in the package
/// `typed` beside.
package dev.bureau.benchmarks.pekko;
