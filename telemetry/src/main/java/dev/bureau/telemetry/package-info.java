/// Events that are published by libraries and programs, for whoever wants to measure them: [Telemetry] is the place where they meet,
/// [TelemetryEvent] what is told.
///
/// Handlers run in the process that publishes. Everything may be called from any thread.
package dev.bureau.telemetry;
