/// The contest: rows of the same work, done by Bureau, by the BEAM and by Pekko in turns. Behind `bureau bench`.
///
/// Begin with [Bench], the command, and [Row], what there is to do. A [Contestant] is started as a process of the system for each
/// row, and a [Runner] speaks with it: a line `round` in, a line of JSON out. [Contest] gives them their turns; [Table] and
/// [JsonReport] show what came of it. On the other side of the pipe are [Round] and [Rounds], for contestants in Java, and
/// `beam/bench.ex`.
///
/// One thread does all; the machine belongs to whoever has the turn.
package dev.bureau.benchmarks.contest;
