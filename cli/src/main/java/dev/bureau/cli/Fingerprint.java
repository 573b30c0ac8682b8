package dev.bureau.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/// All that is known to matter before a program is compiled: the file's text and place, the JDK,
/// Bureau's rooms and the libraries (by size and time of change), and what is woven.
///
/// It is kept and compared as a whole, so the hash which names its cache entry need not be a strong
/// one: loading a cryptographic one would cost more than the comparison.
final class Fingerprint {
    /// Changes with what an entry holds, and with how programs are compiled.
    private static final int FORMAT = 2;

    private final byte[] bytes;

    Fingerprint(byte[] bytes) {
        this.bytes = bytes;
    }

    static Fingerprint of(SourceFile source, Rooms rooms, List<Path> libraries, Weaving weaving) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeUTF(Runtime.version().toString());
            out.writeUTF(weaving.toString());
            out.writeUTF(source.path().toString());
            out.writeUTF(source.root().toString());
            out.write(source.text().getBytes(UTF_8));
            for (var room : rooms.path()) writeState(room, out);
            for (var library : libraries) writeState(library, out);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot look at the class path", failure);
        }
        return new Fingerprint(bytes.toByteArray());
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint fingerprint && Arrays.equals(bytes, fingerprint.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// A name for a cache entry.
    String name() {
        var checksum = new CRC32C();
        checksum.update(bytes);
        return HexFormat.of().toHexDigits(checksum.getValue() << 32 ^ hashCode());
    }

    private static void writeState(Path path, DataOutputStream out) throws IOException {
        out.writeUTF(path.toAbsolutePath().toString());
        try (var files = Files.walk(path)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                out.writeLong(attributes.size());
                out.writeLong(attributes.lastModifiedTime().to(NANOSECONDS));
            }
        }
    }
}
