package dev.bureau.otp;

import dev.bureau.kernel.Pid;

/// The message to who has become the owner of a table: Erlang's `'ETS-TRANSFER'` (OTP E-01).
///
/// @param table the table; its types are those it was made with, which a cast or its [TableName] brings back
/// @param from who owned it before, who may be dead
/// @param data what was said when it was given away, or when the receiver was made its heir
public record TableTransfer(Table<?, ?> table, Pid from, Object data) {}
