/// [NodeMetrics]: what a node does, for Micrometer. May be used from any thread.
package dev.bureau.micrometer;
