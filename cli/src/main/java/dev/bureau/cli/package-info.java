/// The `bureau` command: `bureau run FILE.java` compiles a program in memory and runs its `main` as
/// a process of a node.
///
/// Nothing here is API. Reading order: [Main] and [RunCommand] (what the user typed),
/// [SourceFile], [ProgramCompiler] with [SourceTracker], [ProgramCache], [Fingerprint] (how it
/// becomes classes), [ProgramLoader], [EntryPoint], which is a [MainMethod] or an
/// [ApplicationClass] (how the classes become something to call),
/// [ProgramNode], [MainProcess], [StopHook], [CrashReport] (how it runs and ends).
///
/// All of it runs on the launcher's main thread, except the program itself, which is a process, and
/// the [StopHook].
package dev.bureau.cli;
