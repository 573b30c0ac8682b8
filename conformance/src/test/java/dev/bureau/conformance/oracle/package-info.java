/// Scenarios that run on Erlang/OTP and on Bureau, and what they print compared: `./bureau conformance --oracle`,
/// docs/conformance-oracle.md.
///
/// Start with `Scenario`, one pair of sources; `Beam` and `ScenarioPrograms` run them, `Outcomes` is what was printed,
/// `Comparison` the verdict. `Lines` and `Notation` are for the scenarios, and have their like in oracle.exs.
@NullMarked
package dev.bureau.conformance.oracle;

import org.jspecify.annotations.NullMarked;
