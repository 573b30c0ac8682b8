/// Benchmarks of the Savina suite (Imam and Sarkar, 2014), as Bureau does them: one file each. Parameters are those of the suite.
///
/// What is an actor there is a [dev.bureau.otp.GenServer] here if it lasts, and a process if it does one thing and ends. Where the suite
/// has an actor wait for an answer and put other messages aside meanwhile, a server here calls.
package dev.bureau.benchmarks.savina;
