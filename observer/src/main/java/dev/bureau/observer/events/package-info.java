/// What Bureau itself has to tell of a running node, as events: [NodeEvents] for [dev.bureau.telemetry.Telemetry], [FlightEvents] for JDK Flight Recorder.
///
/// Both cost nothing as long as nobody wants the events. They may be started from any thread.
package dev.bureau.observer.events;
