package dev.bureau.observer.probe;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_Throwable;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;

/// A method with a probe: what it does is
///
/// ```text
/// Object call = CallProbe.entered(probe, arguments or null);
/// try { ... CallProbe.returned(value, call); return value; }
/// catch (Throwable thrown) { CallProbe.threw(thrown, call); throw thrown; }
/// ```
///
/// and, where nobody wants to know how it ends, only the first.
record ProbedCode(MethodModel method, int probe, boolean arguments, boolean results) {
    private static final ClassDesc CALL_PROBE = ClassDesc.of(CallProbe.class.getName());
    private static final MethodTypeDesc ENTERED =
            MethodTypeDesc.of(CD_Object, CD_int, CD_Object.arrayType());
    private static final MethodTypeDesc RETURNED = MethodTypeDesc.of(CD_void, CD_Object, CD_Object);
    private static final MethodTypeDesc THREW = MethodTypeDesc.of(CD_void, CD_Throwable, CD_Object);

    MethodTransform transform() {
        return MethodTransform.transformingCode(CodeTransform.ofStateful(Body::new));
    }

    private final class Body implements CodeTransform {
        private int call;
        private Label begin;

        @SuppressWarnings("NullAway.Init") // set where the code begins
        Body() {}

        @Override
        public void atStart(CodeBuilder code) {
            code.loadConstant(probe);
            if (arguments) loadArguments(code);
            else code.aconst_null();
            code.invokestatic(CALL_PROBE, "entered", ENTERED);
            if (results) {
                call = code.allocateLocal(TypeKind.REFERENCE);
                code.astore(call);
                begin = code.newBoundLabel();
            } else {
                code.pop();
            }
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (results && element instanceof ReturnInstruction end) tellReturn(code, end);
            code.with(element);
        }

        @Override
        public void atEnd(CodeBuilder code) {
            if (!results) return;
            Label handler = code.newBoundLabel();
            code.exceptionCatchAll(begin, handler, handler);
            code.dup();
            code.aload(call);
            code.invokestatic(CALL_PROBE, "threw", THREW);
            code.athrow();
        }

        private void tellReturn(CodeBuilder code, ReturnInstruction end) {
            TypeKind kind = end.typeKind();
            if (kind == TypeKind.VOID) {
                code.aconst_null();
            } else {
                if (kind.slotSize() == 2) code.dup2();
                else code.dup();
                box(code, method.methodTypeSymbol().returnType());
            }
            code.aload(call);
            code.invokestatic(CALL_PROBE, "returned", RETURNED);
        }

        private void loadArguments(CodeBuilder code) {
            MethodTypeDesc type = method.methodTypeSymbol();
            int slot = method.flags().has(AccessFlag.STATIC) ? 0 : 1;
            code.loadConstant(type.parameterCount());
            code.anewarray(CD_Object);
            for (int i = 0; i < type.parameterCount(); i++) {
                ClassDesc parameter = type.parameterType(i);
                TypeKind kind = TypeKind.from(parameter);
                code.dup();
                code.loadConstant(i);
                code.loadLocal(kind, slot);
                box(code, parameter);
                code.aastore();
                slot += kind.slotSize();
            }
        }

        private static void box(CodeBuilder code, ClassDesc type) {
            if (!type.isPrimitive()) return;
            ClassDesc box =
                    ClassDesc.of(
                            "java.lang",
                            switch (type.displayName()) {
                                case "int" -> "Integer";
                                case "char" -> "Character";
                                case "boolean" -> "Boolean";
                                case "byte" -> "Byte";
                                case "short" -> "Short";
                                case "long" -> "Long";
                                case "float" -> "Float";
                                default -> "Double";
                            });
            code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, type));
        }
    }
}
