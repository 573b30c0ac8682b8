package dev.bureau.kernel;

/// The answer to `spawnRequest`: Erlang's `{spawn_reply, Ref, ok | error, PidOrReason}`.
public sealed interface SpawnReply extends Tagged {
    /// Which replies a request asks for.
    enum Wanted {
        /// Whatever came of it.
        ALWAYS,
        /// None.
        NEVER,
        /// If it was not started.
        ON_ERROR,
        /// If it was started.
        ON_SUCCESS;

        /// Whether it asks for this one.
        public boolean includes(SpawnReply reply) {
            return switch (this) {
                case ALWAYS -> true;
                case NEVER -> false;
                case ON_ERROR -> reply instanceof Failed;
                case ON_SUCCESS -> reply instanceof Started;
            };
        }
    }

    /// The process was started.
    record Started(Ref ref, Pid pid) implements SpawnReply {}

    /// It was not.
    record Failed(Ref ref, ExitReason reason) implements SpawnReply {}
}
