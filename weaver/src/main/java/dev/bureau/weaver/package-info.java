/// A function from class files to class files: what comes out polls the scheduler's yield point at the back of every
/// loop and where recursion branches, and is otherwise as it was.
///
/// Nothing here loads a class, resolves a name or keeps state; all of it may be used by any number of threads at once.
///
/// Read in this order: [Weaver], which goes through a class; [Planner], which decides where a method polls, with
/// [Loops], [ScanningLoop] and [BriefCalls]; [Polls], the plan; [WovenCode], which writes the method, with [Frames];
/// [Recursions]; [Selection], which classes are woven at all.
package dev.bureau.weaver;
