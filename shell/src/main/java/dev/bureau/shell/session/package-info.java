/// One person's lines: how they are compiled, in which process they run, and what is told of them.
///
/// Reading order: [Session]; [Evaluator] with [Evaluation] (the process); [SnippetControl], [SnippetLoader] and
/// [SnippetGuard] (how JShell gets there, and what is woven into a line); [Feedback] and [ValueText]; [Output] with
/// [RoutedStream] (where processes print to); [SealedTypes], [CompilerOptions].
///
/// A session belongs to one thread of the operating system. Its lines run in a process of the node, and only there is code
/// of users called, `toString` included.
package dev.bureau.shell.session;
