package dev.bureau.weaver;

import static dev.bureau.weaver.Instructions.within;

import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ConstantPool;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// A loop that steps through an array or a text: no loop within it, and a variable that only ever grows, or only ever
/// shrinks, does so in each round, and is an index in each round.
///
/// Such a loop ends with its array at the latest, which is a second or two for the largest there is, if a round takes a
/// moment. It is also what C2 makes vectors of, or has its array in registers for, and a poll would stop that. So it polls
/// only where it does something that may take long, right before that, and not even there if it does so in each round:
/// then it polls at its back, as others do.
final class ScanningLoop {
    /// More places than these make a poll at the back the smaller evil.
    private static final int MOST_PLACES = 2;

    /// Slots that instructions take from the stack, and those they put there, by opcode; x: treated apart.
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
    private static final int IF_ICMPLT = 0xa1;
    private static final int IF_ICMPGE = 0xa2;
    private static final int IF_ICMPGT = 0xa3;
    private static final int IF_ICMPLE = 0xa4;
    private static final int GETSTATIC = 0xb2;
    private static final int PUTSTATIC = 0xb3;
    private static final int GETFIELD = 0xb4;
    private static final int PUTFIELD = 0xb5;
    private static final int ARRAYLENGTH = 0xbe;
    private static final int CHECKCAST = 0xc0;
    private static final int INSTANCEOF = 0xc1;
    private static final int MONITOREXIT = 0xc3;

    private final Instructions code;
    private final ConstantPool pool;
    private final BriefCalls brief;
    private final Loops.Loop loop;

    private ScanningLoop(Instructions code, ConstantPool pool, BriefCalls brief, Loops.Loop loop) {
        this.code = code;
        this.pool = pool;
        this.brief = brief;
        this.loop = loop;
    }

    /// Where such a loop polls, before instructions of it: nowhere, most often. Empty if it is not one.
    static Optional<List<Integer>> polls(
            Instructions code,
            List<Guard> guards,
            ConstantPool pool,
            BriefCalls brief,
            Loops.Loop loop) {
        if (loop.isIrreducible() || !loop.isInnermost()) return Optional.empty();
        if (guards.stream().anyMatch(guard -> loop.contains(guard.handler()))) {
            return Optional.empty();
        }
        var scanning = new ScanningLoop(code, pool, brief, loop);
        return scanning.hasIndex() ? scanning.polls() : Optional.empty();
    }

    private Optional<List<Integer>> polls() {
        var places = new ArrayList<Integer>();
        var blocks = new BitSet();
        var unknown = new boolean[1];
        loop.forEach(at -> {
            boolean call = code.invokes(at);
            if (call ? brief.isAt(code, at) : !code.takesLong(at)) return;
            unknown[0] |= call && !brief.copies(code, at);
            places.add(at);
            blocks.set(loop.blockOf(at));
        });
        boolean polls = !unknown[0] && places.size() <= MOST_PLACES && loop.canTurnWithout(blocks);
        return polls ? Optional.of(places) : Optional.empty();
    }

    private boolean hasIndex() {
        var tried = new BitSet();
        loop.forEach(at -> {
            if (code.opcode(at) == Instructions.IINC) tried.set(code.u1(at + 1));
        });
        return tried.stream().anyMatch(local -> new Variable(local).isIndex());
    }

    private enum Value {
        ANY,
        CONSTANT,
        INDEX
    }

    /// A variable that may be the index.
    private final class Variable {
        private final int local;

        // Blocks of the loop in which it ...
        private final BitSet steps = new BitSet();
        private final BitSet accesses = new BitSet(); // is an index of what throws beyond its end
        private final BitSet asks = new BitSet(); // ... of what may not
        private final BitSet tests = new BitSet(); // goes on only if less than something

        private boolean grows;
        private boolean shrinks;
        private boolean strays;

        // What is known of the values on the stack.
        private final Value[] values = new Value[64];
        private int depth;

        Variable(int local) {
            this.local = local;
        }

        boolean isIndex() {
            loop.forEachBlock((start, end) -> {
                depth = 0;
                for (int at = start; at <= end; at = code.next(at)) {
                    look(at);
                    if (!step(code.opcode(at), at)) strays = true;
                }
            });
            if (strays || grows == shrinks || loop.canTurnWithout(steps)) return false;
            if (!loop.canTurnWithout(accesses)) return true;
            asks.or(accesses);
            return grows && !loop.canTurnWithout(asks) && !loop.canTurnWithout(tests);
        }

        private void look(int at) {
            int opcode = code.opcode(at);
            int block = loop.blockOf(at);
            if (opcode == Instructions.IINC && code.u1(at + 1) == local) {
                int by = code.s1(at + 2);
                if (by > 0) grows = true;
                if (by < 0) shrinks = true;
                if (by != 0) steps.set(block);
            } else if (stores(opcode, at)) {
                strays = true;
            } else if (within(opcode, IALOAD, SALOAD) || within(opcode, IASTORE, SASTORE)) {
                if (top(indexBelowTop(opcode)) == Value.INDEX) accesses.set(block);
            } else if (opcode == Instructions.INVOKEVIRTUAL
                    || opcode == Instructions.INVOKEINTERFACE) {
                if (callee(at) instanceof MemberRefEntry method) lookAtCall(method, block);
            } else if (within(opcode, IF_ICMPLT, IF_ICMPLE)) {
                if (goesOnIfLess(opcode, at)) tests.set(block);
            }
        }

        private boolean stores(int opcode, int at) {
            int slot;
            if (within(opcode, ISTORE, ASTORE)) slot = code.u1(at + 1);
            else if (within(opcode, ISTORE_0, ASTORE_3)) slot = (opcode - ISTORE_0) % 4;
            else return false;
            int slots = TAKES.charAt(opcode) - '0';
            return slot <= local && local < slot + slots;
        }

        /// How far below the top of the stack the index of an array access lies.
        private static int indexBelowTop(int opcode) {
            return opcode <= SALOAD ? 1 : TAKES.charAt(opcode) - '0' - 1;
        }

        private void lookAtCall(MemberRefEntry method, int block) {
            if (!method.name().equalsString("charAt") || !method.type().equalsString("(I)C"))
                return;
            if (top(1) != Value.INDEX) return;
            switch (method.owner().asInternalName()) {
                case BriefCalls.STRING, BriefCalls.STRING_BUILDER -> accesses.set(block);
                case BriefCalls.CHAR_SEQUENCE -> asks.set(block);
                default -> {}
            }
        }

        /// Whether this is `index < n` or `n > index`, and the loop is left if it does not hold: no `n` is above the
        /// greatest number.
        private boolean goesOnIfLess(int opcode, int at) {
            int next = code.next(at);
            int target = code.target(at, at + 1);
            return switch (opcode) {
                case IF_ICMPLT -> top(2) == Value.INDEX && !loop.contains(next);
                case IF_ICMPGE -> top(2) == Value.INDEX && !loop.contains(target);
                case IF_ICMPGT -> top(1) == Value.INDEX && !loop.contains(next);
                case IF_ICMPLE -> top(1) == Value.INDEX && !loop.contains(target);
                default -> false;
            };
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
                case Instructions.GOTO, Instructions.GOTO_W -> true;
                case Instructions.TABLESWITCH,
                        Instructions.LOOKUPSWITCH,
                        Instructions.IFNULL,
                        Instructions.IFNONNULL,
                        Instructions.MONITORENTER,
                        MONITOREXIT ->
                        change(1, 0, Value.ANY);
                case Instructions.NEW -> change(0, 1, Value.ANY);
                case ARRAYLENGTH,
                        CHECKCAST,
                        INSTANCEOF,
                        Instructions.NEWARRAY,
                        Instructions.ANEWARRAY ->
                        change(1, 1, Value.ANY);
                case Instructions.MULTIANEWARRAY -> change(code.u1(at + 3), 1, Value.ANY);
                case GETSTATIC -> change(0, fieldSlots(at), Value.ANY);
                case PUTSTATIC -> change(fieldSlots(at), 0, Value.ANY);
                case GETFIELD -> change(1, fieldSlots(at), Value.ANY);
                case PUTFIELD -> change(1 + fieldSlots(at), 0, Value.ANY);
                default -> code.invokes(at) && call(opcode, at);
            };
        }

        private boolean isLoadOfIndex(int opcode, int at) {
            if (opcode == ILOAD) return code.u1(at + 1) == local;
            return within(opcode, ILOAD_0, ILOAD_3) && opcode - ILOAD_0 == local;
        }

        private Value sum(int opcode) {
            var left = top(2);
            var right = top(1);
            boolean moved = left == Value.INDEX && right == Value.CONSTANT;
            if (opcode == IADD) moved |= left == Value.CONSTANT && right == Value.INDEX;
            return moved ? Value.INDEX : Value.ANY;
        }

        /// What is so many slots below the end of the stack; 1 is the topmost.
        private Value top(int below) {
            return depth < below ? Value.ANY : values[depth - below];
        }

        /// Nothing is known of what was on the stack when the block began.
        private boolean change(int takes, int puts, Value value) {
            depth = Math.max(0, depth - takes);
            if (depth + puts > values.length) return false;
            for (int slot = 0; slot < puts; slot++) values[depth++] = value;
            return true;
        }

        /// dup, dup_x1, dup_x2, dup2, dup2_x1, dup2_x2
        private boolean duplicate(int kind) {
            int copied = 1 + kind / 3;
            int skipped = kind % 3;
            var moved = new Value[copied + skipped + copied];
            for (int i = 0; i < copied; i++) {
                moved[i] = top(copied - i);
                moved[copied + skipped + i] = top(copied - i);
            }
            for (int i = 0; i < skipped; i++) moved[copied + i] = top(copied + skipped - i);
            depth = Math.max(0, depth - copied - skipped);
            if (depth + moved.length > values.length) return false;
            for (var value : moved) values[depth++] = value;
            return true;
        }

        private boolean swap() {
            var top = top(1);
            var below = top(2);
            return change(2, 1, top) && change(0, 1, below);
        }

        private int fieldSlots(int at) {
            var field = (MemberRefEntry) callee(at);
            return slots(ClassDesc.ofDescriptor(field.type().stringValue()));
        }

        private boolean call(int opcode, int at) {
            var type = MethodTypeDesc.ofDescriptor(nameAndType(at).type().stringValue());
            boolean receives =
                    opcode != Instructions.INVOKESTATIC && opcode != Instructions.INVOKEDYNAMIC;
            int takes = receives ? 1 : 0;
            for (var parameter : type.parameterList()) takes += slots(parameter);
            return change(takes, slots(type.returnType()), Value.ANY);
        }

        private static int slots(ClassDesc type) {
            return TypeKind.from(type).slotSize();
        }

        private PoolEntry callee(int at) {
            return pool.entryByIndex(code.u2(at + 1));
        }

        private NameAndTypeEntry nameAndType(int at) {
            return switch (callee(at)) {
                case MemberRefEntry member -> member.nameAndType();
                case InvokeDynamicEntry site -> site.nameAndType();
                default -> throw new IllegalArgumentException("not a method at " + at);
            };
        }
    }
}
