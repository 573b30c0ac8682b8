package dev.bureau.shell.attach;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.bureau.kernel.ExitReason;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the observer says, as JSON: a record becomes an object with its components, durations are seconds, what is empty is
/// null. All else is text, objects of programs above all: their getters are not called.
final class Json {
    private static final String OURS = "dev.bureau.observer";

    private Json() {}

    static String of(Object value) {
        var text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            write(out, value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeNull();
            case Optional<?> optional -> write(out, optional.orElse(null));
            case ExitReason reason -> out.writeString(ExitReason.format(reason));
            case Record record when record.getClass().getPackageName().startsWith(OURS) ->
                    write(out, record);
            case Collection<?> all -> {
                out.writeStartArray();
                for (Object one : all) write(out, one);
                out.writeEndArray();
            }
            case Map<?, ?> map -> {
                out.writeStartObject();
                for (var entry : map.entrySet()) {
                    out.writeFieldName(String.valueOf(entry.getKey()));
                    write(out, entry.getValue());
                }
                out.writeEndObject();
            }
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case Double number when Double.isFinite(number) -> out.writeNumber(number);
            case Boolean flag -> out.writeBoolean(flag);
            case Duration time -> out.writeNumber(time.toNanos() / 1e9);
            case Enum<?> constant -> out.writeString(constant.name().toLowerCase(Locale.ROOT));
            default -> out.writeString(String.valueOf(value));
        }
    }

    private static void write(JsonGenerator out, Record record) throws IOException {
        out.writeStartObject();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            out.writeFieldName(component.getName());
            write(out, read(record, component));
        }
        out.writeEndObject();
    }

    private static @Nullable Object read(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException("cannot read " + component, failure);
        }
    }
}
