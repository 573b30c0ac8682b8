package dev.bureau.kernel;

/// The answer to `spawnRequest`: Erlang's `{spawn_reply, Ref, ok | error, PidOrReason}`.
public sealed interface SpawnReply extends Tagged {
    /// The process was started.
    record Started(Ref ref, Pid pid) implements SpawnReply {}

    /// It was not.
    record Failed(Ref ref, ExitReason reason) implements SpawnReply {}
}
