/// How tasks are started, watched, gathered and ended.
///
/// Read [dev.bureau.otp.task.TaskStarter] and [dev.bureau.otp.task.TaskProcess] first: a task's process waits for its
/// [dev.bureau.otp.task.Assignment], whoever started it. Streams: [dev.bureau.otp.task.StreamRun] is the consumer's end,
/// [dev.bureau.otp.task.Foreman] the process between it and its tasks.
@NullMarked
package dev.bureau.otp.task;

import org.jspecify.annotations.NullMarked;
