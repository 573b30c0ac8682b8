package dev.bureau.kernel;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What the runtime tells of a process that has failed, of a supervisor and its children, of a message that nobody handles
/// (OTP P-03, G-26, Y-02). All that the runtime has to say of processes is one of these; for an orderly end there is none.
///
/// A report goes to a `System.Logger` named after its kind, `dev.bureau.report.crash` say, so any backend can print it and
/// has a level for each kind. For people it is the text, [#toString()]; for machines the report itself is the parameter of
/// the log record: `record.getParameters()[0]` in a handler of java.util.logging.
///
/// The node writes its log on a thread of its own. No process waits for a log, and none is harmed by one that fails or
/// hangs. At most 500 reports a second are logged, of these at most 50 of one kind and source, and at most 200 wait to be
/// written; how many were held back is told at the end of that second, in a report too. A backend that is no more than
/// slow loses detail that way, never the count.
///
/// Who wants them all listens to the node: [Node#onReport].
///
/// The fields depend on the kind. A crash has `reason`, `name`, `label`, `initial_call`, `parent`, `ancestors`, `links`,
/// `monitors`, `message_queue_len`, `trap_exit`, `dictionary` and `neighbours`; of behaviours also `last_message`, `state`
/// and `client`; their `formatMessage`, `formatStatus` and `formatReason` say what is shown, of tasks `callers`. A supervisor's has
/// `supervisor`, `context`, `reason`, `child` and `child_pid`; an application's `application`, `restart`, `callback` and `reason`. What is not known, or empty, is not there.
///
/// @param kind what it tells of
/// @param time when that was
/// @param pid the process that it is about, if it is about one
/// @param source which code it is about, the same for all processes of that code: a behaviour, the body of a process, a child
/// @param headline the first line of the text
/// @param fields the details, by OTP's names. Each is immutable or a copy, or a text if it could not be copied
/// @param texts the same as texts; the beginnings of long ones
public record Report(
        Kind kind,
        Instant time,
        Optional<Pid> pid,
        String source,
        String headline,
        Map<String, Object> fields,
        Map<String, String> texts) {
    public Report {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }

    /// What a report tells of, and how bad that is.
    public enum Kind {
        /// A process has ended of an error.
        CRASH(System.Logger.Level.ERROR),
        /// A supervisor has had to do with a child that failed.
        SUPERVISOR(System.Logger.Level.ERROR),
        /// A supervisor has started a child; an application was started or stopped.
        PROGRESS(System.Logger.Level.DEBUG),
        /// An application has ended by itself, or could not be stopped in order.
        APPLICATION(System.Logger.Level.WARNING),
        /// A handler of an event manager has failed and is removed.
        EVENT_HANDLER(System.Logger.Level.ERROR),
        /// A message has come that nobody handles.
        UNEXPECTED_MESSAGE(System.Logger.Level.ERROR),
        /// A process was told to exit, and its code does not stop.
        RUNAWAY(System.Logger.Level.WARNING),
        /// Something is not as it should be, or is again: see the observer's alarms.
        ALARM(System.Logger.Level.WARNING),
        /// Messages were dropped, since the mailbox they were for was full.
        OVERFLOW(System.Logger.Level.WARNING),
        /// What a process owned could not be closed.
        RESOURCE(System.Logger.Level.WARNING),
        /// A listener to reports has failed and is removed.
        LISTENER(System.Logger.Level.ERROR),
        /// Reports were not logged, since there were too many.
        HELD_BACK(System.Logger.Level.WARNING);

        private final System.Logger.Level level;
        private final String logger;

        Kind(System.Logger.Level level) {
            this.level = level;
            this.logger = "dev.bureau.report." + name().toLowerCase(java.util.Locale.ROOT);
        }

        /// The level at which it is logged.
        public System.Logger.Level level() {
            return level;
        }

        /// The name of the logger.
        public String logger() {
            return logger;
        }

        /// `unexpected message`.
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    /// Ends when it is closed.
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /// How bad it is.
    public System.Logger.Level level() {
        return kind.level();
    }

    /// Why the process has ended, or what else has failed; as it was, not a copy, where the process has ended, unless the
    /// `formatReason` of a behaviour shows another.
    public Optional<ExitReason> reason() {
        return field("reason", ExitReason.class);
    }

    /// The message that was being handled; for a call, what was asked.
    public Optional<Object> lastMessage() {
        return field("last_message", Object.class);
    }

    /// What may be shown of the state.
    public Optional<Object> state() {
        return field("state", Object.class);
    }

    /// A field, if it is there and of that type.
    public <T> Optional<T> field(String name, Class<T> type) {
        return Optional.ofNullable(fields.get(name)).filter(type::isInstance).map(type::cast);
    }

    /// The headline, and a line or more for each field.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(headline);
        texts.forEach((name, value) ->
                text.append("\n  ")
                        .append(name.replace('_', ' '))
                        .append(": ")
                        .append(value.replace("\n", "\n    ")));
        return text.toString();
    }
}
