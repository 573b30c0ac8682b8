package dev.bureau.shell.session;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Hands each operation to the stream of the calling process, and takes no lock of its own meanwhile: who waits for a slow
/// screen keeps nobody else from printing.
@SuppressWarnings("AnnotateFormatMethod") // it hands on what it is given
final class RoutedStream extends PrintStream {
    private final PrintStream otherwise;

    RoutedStream(PrintStream otherwise) {
        super(otherwise, true, otherwise.charset());
        this.otherwise = otherwise;
    }

    private PrintStream out() {
        return Output.of(otherwise);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        out().write(bytes);
    }

    @Override
    public void write(int b) {
        out().write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        out().write(bytes, from, length);
    }

    @Override
    public void writeBytes(byte[] bytes) {
        out().writeBytes(bytes);
    }

    @Override
    public void flush() {
        out().flush();
    }

    @Override
    public boolean checkError() {
        return out().checkError();
    }

    @Override
    public void print(boolean b) {
        out().print(b);
    }

    @Override
    public void println(boolean b) {
        out().println(b);
    }

    @Override
    public void print(char c) {
        out().print(c);
    }

    @Override
    public void println(char c) {
        out().println(c);
    }

    @Override
    public void print(int i) {
        out().print(i);
    }

    @Override
    public void println(int i) {
        out().println(i);
    }

    @Override
    public void print(long l) {
        out().print(l);
    }

    @Override
    public void println(long l) {
        out().println(l);
    }

    @Override
    public void print(float f) {
        out().print(f);
    }

    @Override
    public void println(float f) {
        out().println(f);
    }

    @Override
    public void print(double d) {
        out().print(d);
    }

    @Override
    public void println(double d) {
        out().println(d);
    }

    @Override
    public void print(char[] s) {
        out().print(s);
    }

    @Override
    public void println(char[] s) {
        out().println(s);
    }

    @Override
    public void print(@Nullable String s) {
        out().print(s);
    }

    @Override
    public void println(@Nullable String s) {
        out().println(s);
    }

    @Override
    public void print(@Nullable Object it) {
        out().print(it);
    }

    @Override
    public void println(@Nullable Object it) {
        out().println(it);
    }

    @Override
    public void println() {
        out().println();
    }

    @Override
    public PrintStream printf(String format, @Nullable Object... arguments) {
        return format(format, arguments);
    }

    @Override
    public PrintStream printf(
            @Nullable Locale locale, String format, @Nullable Object... arguments) {
        return format(locale, format, arguments);
    }

    @Override
    public PrintStream format(String format, @Nullable Object... arguments) {
        out().format(format, arguments);
        return this;
    }

    @Override
    public PrintStream format(
            @Nullable Locale locale, String format, @Nullable Object... arguments) {
        out().format(locale, format, arguments);
        return this;
    }

    @Override
    public PrintStream append(@Nullable CharSequence text) {
        out().append(text);
        return this;
    }

    @Override
    public PrintStream append(@Nullable CharSequence text, int start, int end) {
        out().append(text, start, end);
        return this;
    }

    @Override
    public PrintStream append(char c) {
        out().append(c);
        return this;
    }

    /// Nobody closes what all print to.
    @Override
    public void close() {
        flush();
    }
}
