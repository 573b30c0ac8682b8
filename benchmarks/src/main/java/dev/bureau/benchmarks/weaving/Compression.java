package dev.bureau.benchmarks.weaving;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntToLongFunction;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/// 100 kB of text, packed and unpacked by a compressor that is written in Java.
public final class Compression implements IntToLongFunction {
    private final byte[] text = new Words(12).sentences(1_600).getBytes(StandardCharsets.UTF_8);

    @Override
    public long applyAsLong(int times) {
        try {
            long result = 0;
            for (int i = 0; i < times; i++) result += once();
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long once() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new BZip2CompressorOutputStream(packed, 1)) {
            out.write(text);
        }
        byte[] bytes = packed.toByteArray();
        try (InputStream in = new BZip2CompressorInputStream(new ByteArrayInputStream(bytes))) {
            return 31L * bytes.length + Arrays.hashCode(in.readAllBytes());
        }
    }
}
