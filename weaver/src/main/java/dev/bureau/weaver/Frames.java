package dev.bureau.weaver;

import java.lang.classfile.Attributes;
import java.lang.classfile.BufWriter;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.UninitializedVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the verifier is told of a method's variables and stack. At the start of a detour they are as where it leads.
final class Frames {
    private static final int ONE_ON_STACK = 64;
    private static final int ONE_ON_STACK_EXTENDED = 247;
    private static final int SAME_EXTENDED = 251;
    private static final int FULL = 255;

    private final CodeAttribute code;
    private final int classVersion;
    private final Optional<StackMapTableAttribute> table;
    private final Map<Integer, StackMapFrameInfo> byPlace = new HashMap<>();

    Frames(CodeAttribute code, int classVersion) {
        this.code = code;
        this.classVersion = classVersion;
        this.table =
                classVersion < ClassFile.JAVA_6_VERSION
                        ? Optional.empty()
                        : code.findAttribute(Attributes.stackMapTable());
        for (var frame : frames()) byPlace.put(place(frame), frame);
    }

    private List<StackMapFrameInfo> frames() {
        return table.map(StackMapTableAttribute::entries).orElse(List.of());
    }

    private int place(StackMapFrameInfo frame) {
        return code.labelToBci(frame.target());
    }

    /// Whether these are the method's frames.
    boolean areIn(StackMapTableAttribute attribute) {
        return table.isPresent() && table.get() == attribute;
    }

    /// Whether the verifier asks for frames and there is none here.
    boolean lackOneAt(int place) {
        boolean asked = table.isPresent() || classVersion > ClassFile.JAVA_6_VERSION;
        return asked && !byPlace.containsKey(place);
    }

    /// Writes the body of the attribute, for code that has moved and has these detours behind it.
    void write(BufWriter out, Polls polls) {
        out.writeU2(frames().size() + polls.detours().size());
        var writer = new Writer(out, polls);
        for (var frame : frames()) writer.writeAsItWas(place(frame), frame);
        for (var detour : polls.detours()) {
            var frame = byPlace.get(detour.target());
            if (frame == null) throw new IllegalStateException("no frame at " + detour.target());
            writer.writeCopy(detour.at(), frame);
        }
    }

    /// Writes frames, each by its distance from the one before.
    private final class Writer {
        private final BufWriter out;
        private final Polls polls;
        private int next; // where the next frame may be
        private List<VerificationTypeInfo> locals = List.of();

        Writer(BufWriter out, Polls polls) {
            this.out = out;
            this.polls = polls;
        }

        private int distance(int place, StackMapFrameInfo frame) {
            int moved = polls.moved(place);
            int distance = moved - next;
            next = moved + 1;
            locals = frame.locals();
            return distance;
        }

        void writeAsItWas(int place, StackMapFrameInfo frame) {
            int distance = distance(place, frame);
            int type = frame.frameType();
            if (type < ONE_ON_STACK) {
                writeSame(distance);
            } else if (type <= ONE_ON_STACK_EXTENDED) {
                boolean fits = type < ONE_ON_STACK_EXTENDED && distance < ONE_ON_STACK;
                out.writeU1(fits ? ONE_ON_STACK + distance : ONE_ON_STACK_EXTENDED);
                if (!fits) out.writeU2(distance);
                write(frame.stack().getFirst());
            } else if (type < FULL) { // some locals less, the same, or some more
                out.writeU1(type);
                out.writeU2(distance);
                int more = Math.max(0, type - SAME_EXTENDED);
                frame.locals()
                        .subList(frame.locals().size() - more, frame.locals().size())
                        .forEach(this::write);
            } else {
                writeFull(distance, frame);
            }
        }

        void writeCopy(int place, StackMapFrameInfo frame) {
            boolean same = frame.stack().isEmpty() && frame.locals().equals(locals);
            int distance = distance(place, frame);
            if (same) writeSame(distance);
            else writeFull(distance, frame);
        }

        private void writeSame(int distance) {
            if (distance < ONE_ON_STACK) {
                out.writeU1(distance);
            } else {
                out.writeU1(SAME_EXTENDED);
                out.writeU2(distance);
            }
        }

        private void writeFull(int distance, StackMapFrameInfo frame) {
            out.writeU1(FULL);
            out.writeU2(distance);
            out.writeU2(frame.locals().size());
            frame.locals().forEach(this::write);
            out.writeU2(frame.stack().size());
            frame.stack().forEach(this::write);
        }

        private void write(VerificationTypeInfo type) {
            out.writeU1(type.tag());
            switch (type) {
                case ObjectVerificationTypeInfo object -> out.writeIndex(object.className());
                case UninitializedVerificationTypeInfo fresh ->
                        out.writeU2(polls.moved(code.labelToBci(fresh.newTarget())));
                default -> {}
            }
        }
    }
}
