package dev.bureau.otp;

import dev.bureau.kernel.Pid;
import java.util.Optional;

/// What is known of a table: Erlang's `ets:info`.
///
/// @param kind what it is
/// @param access who may read and write it
/// @param name its name
/// @param owner whose it is
/// @param heir who inherits it, if he is alive
/// @param size how many objects it holds; in a bag each value is one
/// @param fixed whether some process has fixed it
public record TableInfo(
        Table.Kind kind,
        Table.Access access,
        Optional<String> name,
        Pid owner,
        Optional<Pid> heir,
        long size,
        boolean fixed) {}
