package dev.bureau.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/// A compiled program as it lies in the cache, with all that must be as it was for it to hold.
///
/// @param fingerprint what was known before it was compiled
/// @param folders the names of the sources in each folder the compiler looked into, by its path: a
///     new file there may change what a name means
/// @param siblings the text of each other source that went into it, by its path
/// @param program what came out
record CacheEntry(
        Fingerprint fingerprint,
        Map<String, byte[]> folders,
        Map<String, byte[]> siblings,
        Program program) {

    static CacheEntry of(Fingerprint fingerprint, Compilation compilation) throws IOException {
        var folders = new LinkedHashMap<String, byte[]>();
        for (var folder : compilation.folders()) folders.put(folder.toString(), sources(folder));
        var siblings = new LinkedHashMap<String, byte[]>();
        for (var file : compilation.siblings())
            siblings.put(file.toString(), Files.readAllBytes(file));
        return new CacheEntry(fingerprint, folders, siblings, compilation.program());
    }

    /// Whether it may be used: nothing that had a say in it has changed.
    boolean holdsFor(Fingerprint now) throws IOException {
        if (!now.equals(fingerprint)) return false;
        for (var folder : folders.entrySet()) {
            if (!Arrays.equals(sources(Path.of(folder.getKey())), folder.getValue())) return false;
        }
        for (var file : siblings.entrySet()) {
            if (!Arrays.equals(Files.readAllBytes(Path.of(file.getKey())), file.getValue()))
                return false;
        }
        return true;
    }

    byte[] encode() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        writeBytes(out, fingerprint.bytes());
        writeAll(out, folders);
        writeAll(out, siblings);
        writeBytes(out, program.file().getBytes(UTF_8));
        writeBytes(out, String.join("\n", program.candidates()).getBytes(UTF_8));
        writeAll(out, program.classes());
        out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
        return bytes.toByteArray();
    }

    /// Reads what [#encode] wrote, and nothing that is damaged.
    static CacheEntry decode(byte[] bytes) throws IOException {
        int length = bytes.length - Integer.BYTES;
        if (length < 0 || ByteBuffer.wrap(bytes).getInt(length) != checksum(bytes, length)) {
            throw new IOException("damaged cache entry");
        }
        var in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
        var fingerprint = new Fingerprint(readBytes(in));
        var folders = readAll(in);
        var siblings = readAll(in);
        var file = new String(readBytes(in), UTF_8);
        var candidates = List.of(new String(readBytes(in), UTF_8).split("\n"));
        var program = new Program(file, candidates, readAll(in));
        return new CacheEntry(fingerprint, folders, siblings, program);
    }

    private static byte[] sources(Path folder) throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.newDirectoryStream(folder, "*.java")) {
            for (var file : files) names.add(String.valueOf(file.getFileName()));
        }
        return String.join("\n", names).getBytes(UTF_8);
    }

    private static int checksum(byte[] bytes, int length) {
        var checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }

    private static void writeAll(DataOutputStream out, Map<String, byte[]> named)
            throws IOException {
        out.writeInt(named.size());
        for (var one : named.entrySet()) {
            writeBytes(out, one.getKey().getBytes(UTF_8));
            writeBytes(out, one.getValue());
        }
    }

    private static Map<String, byte[]> readAll(DataInputStream in) throws IOException {
        var named = new LinkedHashMap<String, byte[]>();
        for (int left = in.readInt(); left > 0; left--)
            named.put(new String(readBytes(in), UTF_8), readBytes(in));
        return named;
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        var bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
