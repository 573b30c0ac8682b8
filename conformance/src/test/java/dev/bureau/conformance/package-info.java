/// What OTP's processes do, as tests: a class for each area of the catalogue, its items named by [Otp][dev.bureau.testkit.Otp].
///
/// Begin with `ProcessesTest`. [ConformanceTableTest] makes `docs/conformance.md` from all of them.
package dev.bureau.conformance;
