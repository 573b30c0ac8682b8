package dev.bureau.observer.trace;

/// How a trace has ended.
///
/// @param told how many events were told
/// @param dropped how many were not: more than allowed in a second, or the listener too slow, also in the two seconds it has after the end
/// @param end why it has ended
public record TraceSummary(long told, long dropped, End end) {
    /// Why a trace ends.
    public enum End {
        /// It was closed.
        CLOSED("closed"),
        /// It has told as many events as it may.
        LIMIT("the limit of events is reached"),
        /// Its time is over.
        TIME("the time is over"),
        /// The listener has thrown.
        LISTENER_FAILED("the listener failed"),
        /// Its time is over, or it was closed, and the listener has not returned since.
        LISTENER_HANGS("the listener does not return"),
        /// The node has stopped.
        NODE_STOPPED("the node has stopped");

        private final String text;

        End(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// `trace over, the time is over: 12 events, 3 dropped`.
    @Override
    public String toString() {
        return "trace over, "
                + end
                + ": "
                + told
                + (told == 1 ? " event, " : " events, ")
                + dropped
                + " dropped";
    }
}
