package dev.bureau.weaver;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.BufWriter;
import java.lang.classfile.Label;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.List;

/// Writes annotations on types within code, which name places in the code and entries of the exception table.
final class TypeAnnotationTable {
    private final BufWriter out;
    private final CodeAttribute code;
    private final GuardTable guards;
    private final Polls polls;

    TypeAnnotationTable(BufWriter out, CodeAttribute code, GuardTable guards, Polls polls) {
        this.out = out;
        this.code = code;
        this.guards = guards;
        this.polls = polls;
    }

    /// Writes the body of the attribute.
    void write(List<TypeAnnotation> annotations) {
        out.writeU2(annotations.size());
        for (var annotation : annotations) {
            write(annotation.targetInfo());
            out.writeU1(annotation.targetPath().size());
            for (var step : annotation.targetPath()) {
                out.writeU1(step.typePathKind().tag());
                out.writeU1(step.typeArgumentIndex());
            }
            write(annotation.annotation());
        }
    }

    private void write(TypeAnnotation.TargetInfo target) {
        out.writeU1(target.targetType().targetTypeValue());
        switch (target) {
            case TypeAnnotation.LocalVarTarget variable -> {
                out.writeU2(variable.table().size());
                for (var range : variable.table()) {
                    int start = code.labelToBci(range.startLabel());
                    int length = code.labelToBci(range.endLabel()) - start;
                    DebugTables.writeRange(out, start, length, polls);
                    out.writeU2(range.index());
                }
            }
            case TypeAnnotation.CatchTarget handler ->
                    out.writeU2(guards.moved(handler.exceptionTableIndex()));
            case TypeAnnotation.OffsetTarget place -> writePlace(place.target());
            case TypeAnnotation.TypeArgumentTarget place -> {
                writePlace(place.target());
                out.writeU1(place.typeArgumentIndex());
            }
            // the others are not in code
            case TypeAnnotation.TypeParameterTarget _,
                    TypeAnnotation.SupertypeTarget _,
                    TypeAnnotation.TypeParameterBoundTarget _,
                    TypeAnnotation.EmptyTarget _,
                    TypeAnnotation.FormalParameterTarget _,
                    TypeAnnotation.ThrowsTarget _ ->
                    throw new IllegalArgumentException("not in code: " + target);
        }
    }

    private void writePlace(Label place) {
        out.writeU2(polls.instruction(code.labelToBci(place)));
    }

    private void write(Annotation annotation) {
        out.writeIndex(annotation.className());
        out.writeU2(annotation.elements().size());
        for (var element : annotation.elements()) {
            out.writeIndex(element.name());
            write(element.value());
        }
    }

    private void write(AnnotationValue value) {
        out.writeU1(value.tag());
        switch (value) {
            case AnnotationValue.OfConstant constant -> out.writeIndex(constant.constant());
            case AnnotationValue.OfClass type -> out.writeIndex(type.className());
            case AnnotationValue.OfEnum constant -> {
                out.writeIndex(constant.className());
                out.writeIndex(constant.constantName());
            }
            case AnnotationValue.OfAnnotation nested -> write(nested.annotation());
            case AnnotationValue.OfArray array -> {
                out.writeU2(array.values().size());
                array.values().forEach(this::write);
            }
        }
    }
}
