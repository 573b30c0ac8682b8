package dev.bureau.weaver;

import java.lang.classfile.Attribute;
import java.lang.classfile.AttributeMapper;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.BufWriter;
import java.lang.classfile.ClassReader;
import java.lang.classfile.CustomAttribute;
import java.lang.classfile.attribute.CharacterRangeTableAttribute;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.LineNumberTableAttribute;
import java.lang.classfile.attribute.LocalVariableTableAttribute;
import java.lang.classfile.attribute.LocalVariableTypeTableAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.HashMap;

/// A method's Code attribute with polls in it.
///
/// It is written by hand since nearly all stays as it was: a transform of the ClassFile API would put every instruction
/// anew, and the line numbers, the size of the stack and the long forms of jumps with them.
final class WovenCode extends CustomAttribute<WovenCode> {
    /// The class that woven code calls.
    static final ClassDesc YIELD_POINT = ClassDesc.of("dev.bureau.scheduler.woven", "YieldPoint");

    private static final Mapper MAPPER = new Mapper();
    private static final int NOP = 0;

    private final CodeAttribute original;
    private final Polls polls;
    private final MethodRefEntry poll;

    WovenCode(CodeAttribute original, Polls polls, ConstantPoolBuilder pool) {
        super(MAPPER);
        this.original = original;
        this.polls = polls;
        this.poll = pool.methodRefEntry(YIELD_POINT, "poll", ConstantDescs.MTD_void);
    }

    private void writeBody(BufWriter out) {
        out.writeU2(original.maxStack());
        out.writeU2(original.maxLocals());
        out.writeInt(polls.length());
        var code = redirected();
        int written = 0;
        for (int place : polls.before()) {
            out.writeBytes(code, written, place - written);
            writePoll(out);
            out.writeU1(NOP);
            written = place;
        }
        out.writeBytes(code, written, code.length - written);
        for (var detour : polls.detours()) writeDetour(out, detour);
        var guards = new GuardTable(polls);
        guards.write(out);
        out.writeU2(original.attributes().size());
        for (var attribute : original.attributes()) write(out, attribute, guards);
    }

    private void writePoll(BufWriter out) {
        out.writeU1(Instructions.INVOKESTATIC);
        out.writeIndex(poll);
    }

    /// The code with the distances of jumps as they will be.
    private byte[] redirected() {
        var old = polls.code();
        var code = old.copy();
        var detours = new HashMap<Integer, Polls.Detour>();
        for (var detour : polls.detours())
            for (var jump : detour.jumps()) detours.put(jump.operand(), detour);
        for (int at = 0; at < old.length(); at = old.next(at)) {
            if (!old.branches(at)) continue;
            int jump = at;
            old.forEachOperand(
                    at,
                    operand -> {
                        var detour = detours.get(operand);
                        int target = detour == null ? old.target(jump, operand) : detour.at();
                        int distance = polls.moved(target) - polls.moved(jump);
                        write(code, operand, distance, old.isShortJump(jump));
                    });
        }
        return code;
    }

    private static void write(byte[] code, int operand, int distance, boolean shortly) {
        int at = operand;
        if (!shortly) {
            code[at++] = (byte) (distance >> 24);
            code[at++] = (byte) (distance >> 16);
        }
        code[at++] = (byte) (distance >> 8);
        code[at] = (byte) distance;
    }

    private void writeDetour(BufWriter out, Polls.Detour detour) {
        writePoll(out);
        int distance = polls.moved(detour.target()) - polls.moved(detour.jump());
        if (detour.isLong()) {
            out.writeU1(Instructions.GOTO_W);
            out.writeInt(distance);
        } else {
            out.writeU1(Instructions.GOTO);
            out.writeU2(distance);
        }
    }

    private void write(BufWriter out, Attribute<?> attribute, GuardTable guards) {
        boolean moved = !polls.before().isEmpty();
        var types = new TypeAnnotationTable(out, original, guards, polls);
        switch (attribute) {
            case StackMapTableAttribute table when polls.frames().areIn(table) ->
                    write(out, table, () -> polls.frames().write(out, polls));
            case LineNumberTableAttribute table ->
                    write(out, table, () -> DebugTables.write(out, table, polls));
            case LocalVariableTableAttribute table when moved ->
                    write(out, table, () -> DebugTables.write(out, table, polls));
            case LocalVariableTypeTableAttribute table when moved ->
                    write(out, table, () -> DebugTables.write(out, table, polls));
            case CharacterRangeTableAttribute table when moved ->
                    write(out, table, () -> DebugTables.write(out, table, polls));
            case RuntimeVisibleTypeAnnotationsAttribute table ->
                    write(out, table, () -> types.write(table.annotations()));
            case RuntimeInvisibleTypeAnnotationsAttribute table ->
                    write(out, table, () -> types.write(table.annotations()));
            default -> copy(out, attribute);
        }
    }

    @SuppressWarnings("unchecked")
    private static <A extends Attribute<A>> void copy(BufWriter out, Attribute<?> attribute) {
        ((AttributeMapper<A>) attribute.attributeMapper()).writeAttribute(out, (A) attribute);
    }

    private static void write(BufWriter out, Attribute<?> attribute, Runnable body) {
        out.writeIndex(out.constantPool().utf8Entry(attribute.attributeMapper().name()));
        int start = out.size();
        out.writeInt(0);
        body.run();
        out.patchInt(start, Integer.BYTES, out.size() - start - Integer.BYTES);
    }

    private static final class Mapper implements AttributeMapper<WovenCode> {
        @Override
        public String name() {
            return "Code";
        }

        @Override
        public WovenCode readAttribute(AttributedElement enclosing, ClassReader reader, int at) {
            throw new UnsupportedOperationException("written only");
        }

        @Override
        public void writeAttribute(BufWriter out, WovenCode code) {
            write(out, code, () -> code.writeBody(out));
        }

        @Override
        public AttributeStability stability() {
            return AttributeStability.CP_REFS;
        }
    }
}
