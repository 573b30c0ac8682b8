package dev.bureau.scheduler;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How many threads of the whole machine run or want to run now, as Linux counts them.
///
/// For one thread. A reading takes some microseconds.
final class MachineLoad {
    /// What it says where the system does not tell.
    static final int UNKNOWN = -1;

    /// `0.20 0.18 0.12 3/160 4711`: the fourth is how many run or want to, of how many there are.
    private static final Path FILE = Path.of("/proc/loadavg");

    private static final int MOST_BYTES = 100;

    private final byte[] text = new byte[MOST_BYTES];
    private @Nullable RandomAccessFile file;
    private boolean unavailable;

    int runnableThreads() {
        if (unavailable) {
            return UNKNOWN;
        }
        try {
            RandomAccessFile open = file;
            if (open == null) {
                if (!Files.isReadable(FILE)) {
                    unavailable = true;
                    return UNKNOWN;
                }
                open = new RandomAccessFile(FILE.toFile(), "r");
                file = open;
            }
            open.seek(0);
            return runnableThreads(text, open.read(text));
        } catch (IOException | RuntimeException refused) {
            unavailable = true;
            return UNKNOWN;
        }
    }

    /// It is not asked any more.
    void close() {
        unavailable = true;
        RandomAccessFile open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException failed) {
                // Nothing is lost: it was only read.
            }
        }
    }

    /// The number before the slash.
    static int runnableThreads(byte[] text, int length) {
        int number = 0;
        for (int i = 0; i < length; i++) {
            char c = (char) text[i];
            if (c == '/') {
                return number;
            }
            number = c >= '0' && c <= '9' ? number * 10 + (c - '0') : 0;
        }
        return UNKNOWN;
    }
}
