package dev.bureau.weaver;

import java.lang.classfile.Opcode;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// The bytes of a method's code, and where in them its instructions are and jump to.
final class Instructions {
    static final int IFEQ = 0x99;
    static final int GOTO = 0xa7;
    static final int JSR = 0xa8;
    static final int RET = 0xa9;
    static final int TABLESWITCH = 0xaa;
    static final int LOOKUPSWITCH = 0xab;
    static final int IRETURN = 0xac;
    static final int RETURN = 0xb1;
    static final int INVOKEVIRTUAL = 0xb6;
    static final int INVOKESTATIC = 0xb8;
    static final int INVOKEINTERFACE = 0xb9;
    static final int INVOKEDYNAMIC = 0xba;
    static final int NEW = 0xbb;
    static final int NEWARRAY = 0xbc;
    static final int ANEWARRAY = 0xbd;
    static final int ATHROW = 0xbf;
    static final int MONITORENTER = 0xc2;
    static final int WIDE = 0xc4;
    static final int MULTIANEWARRAY = 0xc5;
    static final int IFNULL = 0xc6;
    static final int IFNONNULL = 0xc7;
    static final int GOTO_W = 0xc8;
    static final int JSR_W = 0xc9;
    static final int IINC = 0x84;

    /// Bytes an instruction takes, 0 where that differs or there is no such instruction.
    private static final byte[] SIZES = new byte[256];

    static {
        for (var opcode : Opcode.values()) {
            if (!opcode.isWide() && opcode.sizeIfFixed() > 0)
                SIZES[opcode.bytecode()] = (byte) opcode.sizeIfFixed();
        }
        Arrays.fill(SIZES, TABLESWITCH, LOOKUPSWITCH + 1, (byte) 0);
    }

    private final byte[] code;

    Instructions(byte[] code) {
        this.code = code;
    }

    /// Whether it is one of these or between them.
    static boolean within(int opcode, int first, int last) {
        return first <= opcode && opcode <= last;
    }

    int length() {
        return code.length;
    }

    byte[] copy() {
        return code.clone();
    }

    int opcode(int at) {
        return code[at] & 0xff;
    }

    int u1(int at) {
        return code[at] & 0xff;
    }

    int s1(int at) {
        return code[at];
    }

    int u2(int at) {
        return u1(at) << 8 | u1(at + 1);
    }

    int s4(int at) {
        return u2(at) << 16 | u2(at + 2);
    }

    /// Where the instruction after this one starts.
    int next(int at) {
        int size = SIZES[opcode(at)];
        if (size == 0) size = sizeOfUneven(at);
        int next = at + size;
        if (next <= at || next > code.length) {
            throw new IllegalArgumentException("no instruction at " + at + ": " + opcode(at));
        }
        return next;
    }

    private int sizeOfUneven(int at) {
        return switch (opcode(at)) {
            case WIDE -> u1(at + 1) == IINC ? 6 : 4;
            case TABLESWITCH ->
                    cases(at) + 12 - at + 4 * (s4(cases(at) + 8) - s4(cases(at) + 4) + 1);
            case LOOKUPSWITCH -> cases(at) + 8 - at + 8 * s4(cases(at) + 4);
            default -> 0;
        };
    }

    /// Where the operands of a switch start, after its padding.
    private static int cases(int at) {
        return (at & ~3) + 4;
    }

    /// Whether it has a target and two bytes for it.
    boolean isShortJump(int at) {
        int opcode = opcode(at);
        return within(opcode, IFEQ, JSR) || within(opcode, IFNULL, IFNONNULL);
    }

    /// Whether it has one target.
    boolean isJump(int at) {
        return isShortJump(at) || opcode(at) == GOTO_W;
    }

    boolean isSubroutine(int at) {
        int opcode = opcode(at);
        int effective = opcode == WIDE ? u1(at + 1) : opcode;
        return opcode == JSR || opcode == JSR_W || effective == RET;
    }

    /// Whether anything but the next instruction may follow.
    boolean branches(int at) {
        int opcode = opcode(at);
        return within(opcode, IFEQ, RETURN) || opcode == ATHROW || within(opcode, IFNULL, JSR_W);
    }

    boolean returns(int at) {
        int opcode = opcode(at);
        return within(opcode, IRETURN, RETURN) || opcode == ATHROW;
    }

    boolean fallsThrough(int at) {
        int opcode = opcode(at);
        return !within(opcode, GOTO, RETURN) && opcode != ATHROW && opcode != GOTO_W;
    }

    boolean invokes(int at) {
        int opcode = opcode(at);
        return within(opcode, INVOKEVIRTUAL, INVOKEDYNAMIC);
    }

    /// Whether it may take long though it is no call: memory of any size, or a lock.
    boolean takesLong(int at) {
        return switch (opcode(at)) {
            case NEWARRAY, ANEWARRAY, MULTIANEWARRAY, MONITORENTER -> true;
            default -> false;
        };
    }

    /// Names each place in the code that holds the distance of a jump from this instruction.
    void forEachOperand(int at, IntConsumer operands) {
        switch (opcode(at)) {
            case GOTO_W, JSR_W -> operands.accept(at + 1);
            case TABLESWITCH, LOOKUPSWITCH -> {
                boolean table = opcode(at) == TABLESWITCH;
                int end = next(at);
                operands.accept(cases(at));
                for (int operand = cases(at) + 12; operand < end; operand += table ? 4 : 8)
                    operands.accept(operand);
            }
            default -> {
                if (isShortJump(at)) operands.accept(at + 1);
            }
        }
    }

    /// Where the jump goes whose distance stands at an operand.
    int target(int at, int operand) {
        int target = at + (isShortJump(at) ? (short) u2(operand) : s4(operand));
        if (target < 0 || target >= code.length) {
            throw new IllegalArgumentException("jump to " + target + " from " + at);
        }
        return target;
    }

    void forEachTarget(int at, IntConsumer targets) {
        forEachOperand(at, operand -> targets.accept(target(at, operand)));
    }

    boolean jumpsBack() {
        for (int at = 0; at < code.length; at = next(at)) {
            if (branches(at) && jumpsBack(at)) return true;
        }
        return false;
    }

    /// Whether the branch at this place may go there or to what is before it.
    boolean jumpsBack(int at) {
        if (isShortJump(at)) return (short) u2(at + 1) <= 0;
        var found = new boolean[1];
        forEachTarget(at, target -> found[0] |= target <= at);
        return found[0];
    }

    boolean hasSubroutines() {
        for (int at = 0; at < code.length; at = next(at)) {
            if (isSubroutine(at)) return true;
        }
        return false;
    }
}
