/// OpenTelemetry in a system of processes: begin with [Spans].
///
/// [ProcessContextStorage] keeps the context with the process instead of the thread, [ContextToken] takes it along with messages. All may be
/// called from any thread.
package dev.bureau.opentelemetry;
