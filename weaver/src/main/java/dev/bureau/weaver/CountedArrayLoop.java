package dev.bureau.weaver;

import static dev.bureau.weaver.Instructions.within;

import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ConstantPool;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// A loop that steps through an array in a straight line: no branch but the ways out, no call but arithmetic, and one
/// variable that changes by a constant and is an index in each round.
///
/// Such a loop ends with its array at the latest, which is a second for the largest there is. It is also what C2 makes
/// vectors of, and a poll would stop that; so it is left alone.
final class CountedArrayLoop {
    /// Slots that instructions take from the values, and those they put there, by opcode; x: not in such a loop.
    private static final String TAKES =
            "0000000000000000" // constants
                    + "0000000000000000" // constants, loads
                    + "0000000000000022" // loads
                    + "2222221212111112" // loads from arrays, stores
                    + "2221111222211113" // stores
                    + "434333312xxxxxxx" // stores to arrays, pop; dup and its kin are apart
                    + "2424242424242424" // add, sub, mul, div
                    + "2424121223232324" // rem, neg, shifts, and
                    + "2424011122211122" // or, xor, iinc, conversions
                    + "2111422441111112" // conversions, comparisons, if
                    + "2222222"; // if

    private static final String PUTS =
            "0111111112211122"
                    + "1111212121111122"
                    + "2211112222111112"
                    + "1211110000000000"
                    + "0000000000000000"
                    + "000000000xxxxxxx"
                    + "1212121212121212"
                    + "1212121212121212"
                    + "1212021211212212"
                    + "1111111110000000"
                    + "0000000";

    private static final int ICONST_M1 = 0x02;
    private static final int ICONST_5 = 0x08;
    private static final int BIPUSH = 0x10;
    private static final int SIPUSH = 0x11;
    private static final int ILOAD = 0x15;
    private static final int ILOAD_0 = 0x1a;
    private static final int ILOAD_3 = 0x1d;
    private static final int IALOAD = 0x2e;
    private static final int SALOAD = 0x35;
    private static final int ISTORE = 0x36;
    private static final int ASTORE = 0x3a;
    private static final int ISTORE_0 = 0x3b;
    private static final int ASTORE_3 = 0x4e;
    private static final int IASTORE = 0x4f;
    private static final int SASTORE = 0x56;
    private static final int DUP = 0x59;
    private static final int DUP2_X2 = 0x5e;
    private static final int SWAP = 0x5f;
    private static final int IADD = 0x60;
    private static final int ISUB = 0x64;
    private static final int GETSTATIC = 0xb2;
    private static final int PUTSTATIC = 0xb3;
    private static final int GETFIELD = 0xb4;
    private static final int PUTFIELD = 0xb5;
    private static final int ARRAYLENGTH = 0xbe;
    private static final int CHECKCAST = 0xc0;
    private static final int INSTANCEOF = 0xc1;

    private static final int[] NONE = {};
    private static final Set<String> ARITHMETIC =
            Set.of(
                    "java/lang/Math",
                    "java/lang/StrictMath",
                    "java/lang/Byte",
                    "java/lang/Short",
                    "java/lang/Character",
                    "java/lang/Integer",
                    "java/lang/Long",
                    "java/lang/Float",
                    "java/lang/Double");

    private final Instructions code;
    private final ConstantPool pool;
    private final int head;
    private final int end; // the jump back

    private CountedArrayLoop(Instructions code, ConstantPool pool, int head, int end) {
        this.code = code;
        this.pool = pool;
        this.head = head;
        this.end = end;
    }

    /// Whether the code from a head to a jump back to it is one.
    static boolean isAt(
            Instructions code, List<Guard> guards, ConstantPool pool, int head, int end) {
        return code.isJump(end)
                && guards.stream().noneMatch(guard -> within(guard.handler(), head, end))
                && new CountedArrayLoop(code, pool, head, end).hasIndex();
    }

    private boolean hasIndex() {
        var round = round();
        for (int at : round) {
            if (code.opcode(at) == Instructions.IINC && code.s1(at + 2) != 0) {
                int local = code.u1(at + 1);
                long changes = Arrays.stream(round).filter(each -> changes(local, each)).count();
                if (changes == 1 && new Stack(local).seesIndexIn(round)) return true;
            }
        }
        return false;
    }

    /// The instructions of a round, without the jump back; none if they are not always the same. Besides ifs that lead
    /// out there may be ifs that step over a few instructions which do.
    private int[] round() {
        var round = IntStream.builder();
        int at = head;
        while (at < end) {
            round.add(at);
            int next = code.next(at);
            if (code.branches(at)) {
                if (!code.isJump(at) || !code.fallsThrough(at)) return NONE;
                int target = code.target(at, at + 1);
                if (within(target, head, end)) {
                    if (target <= next || !leavesBetween(next, target)) return NONE;
                    next = target;
                }
            }
            at = next;
        }
        return at == end ? round.build().toArray() : NONE;
    }

    private boolean leavesBetween(int start, int stop) {
        int at = start;
        while (!code.branches(at)) {
            at = code.next(at);
            if (at >= stop) return false;
        }
        if (code.fallsThrough(at) || code.next(at) != stop) return false;
        return code.returns(at) || (code.isJump(at) && !within(code.target(at, at + 1), head, end));
    }

    private boolean changes(int local, int at) {
        int opcode = code.opcode(at);
        if (opcode == Instructions.IINC) return code.u1(at + 1) == local;
        int slot;
        if (within(opcode, ISTORE, ASTORE)) slot = code.u1(at + 1);
        else if (within(opcode, ISTORE_0, ASTORE_3)) slot = (opcode - ISTORE_0) % 4;
        else return false;
        int slots = TAKES.charAt(opcode) - '0';
        return slot <= local && local < slot + slots;
    }

    private enum Value {
        ANY,
        CONSTANT,
        INDEX
    }

    /// What is known of the values on the values.
    private final class Stack {
        private final int local;
        private final Value[] values = new Value[64];
        private int depth;

        Stack(int local) {
            this.local = local;
        }

        boolean seesIndexIn(int[] round) {
            boolean seen = false;
            for (int at : round) {
                int opcode = code.opcode(at);
                if (isIndexed(opcode)) {
                    int index = depth - indexBelowTop(opcode);
                    if (index < 0) return false;
                    seen |= values[index] == Value.INDEX;
                }
                if (!step(opcode, at)) return false;
            }
            return seen;
        }

        private static boolean isIndexed(int opcode) {
            return within(opcode, IALOAD, SALOAD) || within(opcode, IASTORE, SASTORE);
        }

        /// How far below the top of the stack the index of an array access lies.
        private static int indexBelowTop(int opcode) {
            return opcode <= SALOAD ? 1 : TAKES.charAt(opcode) - '0' - 1;
        }

        private boolean step(int opcode, int at) {
            if (isLoadOfIndex(opcode, at)) return change(0, 1, Value.INDEX);
            if (within(opcode, ICONST_M1, ICONST_5) || within(opcode, BIPUSH, SIPUSH)) {
                return change(0, 1, Value.CONSTANT);
            }
            if (opcode == IADD || opcode == ISUB) return change(2, 1, sum(opcode));
            if (within(opcode, DUP, DUP2_X2)) return duplicate(opcode - DUP);
            if (opcode < TAKES.length() && TAKES.charAt(opcode) != 'x') {
                return change(TAKES.charAt(opcode) - '0', PUTS.charAt(opcode) - '0', Value.ANY);
            }
            return switch (opcode) {
                case SWAP -> swap();
                case ARRAYLENGTH, CHECKCAST, INSTANCEOF -> change(1, 1, Value.ANY);
                case Instructions.IFNULL, Instructions.IFNONNULL -> change(1, 0, Value.ANY);
                case GETSTATIC -> change(0, fieldSlots(at), Value.ANY);
                case PUTSTATIC -> change(fieldSlots(at), 0, Value.ANY);
                case GETFIELD -> change(1, fieldSlots(at), Value.ANY);
                case PUTFIELD -> change(1 + fieldSlots(at), 0, Value.ANY);
                case Instructions.INVOKESTATIC -> call(at);
                default -> false;
            };
        }

        private boolean isLoadOfIndex(int opcode, int at) {
            if (opcode == ILOAD) return code.u1(at + 1) == local;
            return within(opcode, ILOAD_0, ILOAD_3) && opcode - ILOAD_0 == local;
        }

        private Value sum(int opcode) {
            if (depth < 2) return Value.ANY;
            var left = values[depth - 2];
            var right = values[depth - 1];
            boolean moved = left == Value.INDEX && right == Value.CONSTANT;
            if (opcode == IADD) moved |= left == Value.CONSTANT && right == Value.INDEX;
            return moved ? Value.INDEX : Value.ANY;
        }

        private boolean change(int takes, int puts, Value value) {
            depth -= takes;
            if (depth < 0 || depth + puts > values.length) return false;
            for (int slot = 0; slot < puts; slot++) values[depth++] = value;
            return true;
        }

        /// dup, dup_x1, dup_x2, dup2, dup2_x1, dup2_x2
        private boolean duplicate(int kind) {
            int copied = 1 + kind / 3;
            int skipped = kind % 3;
            int from = depth - copied - skipped;
            if (from < 0 || depth + copied > values.length) return false;
            System.arraycopy(values, from, values, from + copied, copied + skipped);
            depth += copied;
            System.arraycopy(values, depth - copied, values, from, copied);
            return true;
        }

        private boolean swap() {
            if (depth < 2) return false;
            var top = values[depth - 1];
            values[depth - 1] = values[depth - 2];
            values[depth - 2] = top;
            return true;
        }

        private int fieldSlots(int at) {
            var type = ClassDesc.ofDescriptor(reference(at).type().stringValue());
            return TypeKind.from(type).slotSize();
        }

        private boolean call(int at) {
            var method = reference(at);
            if (!ARITHMETIC.contains(method.owner().asInternalName())) return false;
            var type = MethodTypeDesc.ofDescriptor(method.type().stringValue());
            int takes = 0;
            for (var parameter : type.parameterList()) takes += TypeKind.from(parameter).slotSize();
            return change(takes, TypeKind.from(type.returnType()).slotSize(), Value.ANY);
        }

        private MemberRefEntry reference(int at) {
            return pool.entryByIndex(code.u2(at + 1), MemberRefEntry.class);
        }
    }
}
