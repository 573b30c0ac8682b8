/// The rows as Bureau does them: one file for a row, or for several of a kind. [BureauContestant] is the program.
///
/// A row is a record of its size; [dev.bureau.benchmarks.contest.Round#run()] is called by a process, anew for each round.
package dev.bureau.benchmarks.rows;
