package dev.parfocal.core.kernel;

import java.util.function.Consumer;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The vector module's float and int vectors of the preferred width. Its classes are only named, never linked to, so that
 * this class needs no module; only one width is used, because a second one makes Java 17 box every vector.
 */
final class VectorDialect implements Dialect {

    private static final String PACKAGE = "jdk/incubator/vector/";
    private static final String FLOATS = PACKAGE + "FloatVector";
    private static final String INTS = PACKAGE + "IntVector";
    private static final String OPERATORS = PACKAGE + "VectorOperators";
    private static final String L_VECTOR = "L" + PACKAGE + "Vector;";
    private static final String L_FLOATS = "L" + FLOATS + ";";
    private static final String L_INTS = "L" + INTS + ";";
    private static final String L_SPECIES = "L" + PACKAGE + "VectorSpecies;";
    private static final String L_MASK = "L" + PACKAGE + "VectorMask;";
    private static final String L_ORDER = "Ljava/nio/ByteOrder;";
    private static final String BYTE_BUFFER = "java/nio/ByteBuffer";
    private static final String SEGMENT = "java/lang/foreign/MemorySegment";

    private final int width;

    VectorDialect(int width) {
        this.width = width;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public String memoryClass(Memory memory) {
        return switch (memory) {
            case HEAP -> "[F";
            case BYTES -> BYTE_BUFFER;
            case SEGMENT -> SEGMENT;
            case FLOATS -> throw new IllegalArgumentException("vectors are not loaded from float buffers");
        };
    }

    @Override
    public void load(MethodVisitor code, Memory memory, Runnable base, Runnable index) {
        species(code, FLOATS);
        base.run();
        address(code, memory, index);
        String where = "(" + L_SPECIES + descriptor(memory) + ")" + L_FLOATS;
        code.visitMethodInsn(Opcodes.INVOKESTATIC, FLOATS, "from" + suffix(memory), where, false);
    }

    @Override
    public void store(MethodVisitor code, Memory memory, Runnable value, Runnable base, Runnable index) {
        value.run();
        base.run();
        address(code, memory, index);
        call(code, FLOATS, "into" + suffix(memory), "(" + descriptor(memory) + ")V");
    }

    private static String suffix(Memory memory) {
        return switch (memory) {
            case HEAP -> "Array";
            case BYTES -> "ByteBuffer";
            case SEGMENT -> "MemorySegment";
            case FLOATS -> throw new IllegalArgumentException("vectors are not loaded from float buffers");
        };
    }

    private String descriptor(Memory memory) {
        return switch (memory) {
            case HEAP, FLOATS -> "[FI";
            case BYTES -> "L" + BYTE_BUFFER + ";I" + L_ORDER;
            case SEGMENT -> "L" + SEGMENT + ";J" + L_ORDER;
        };
    }

    /** The element's index on the heap, its byte and the byte order elsewhere. */
    private static void address(MethodVisitor code, Memory memory, Runnable index) {
        index.run();
        if (memory == Memory.HEAP) {
            return;
        }
        if (memory == Memory.SEGMENT) {
            code.visitInsn(Opcodes.I2L);
            code.visitInsn(Opcodes.ICONST_2);
            code.visitInsn(Opcodes.LSHL);
        } else {
            code.visitInsn(Opcodes.ICONST_2);
            code.visitInsn(Opcodes.ISHL);
        }
        code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/nio/ByteOrder", "nativeOrder", "()" + L_ORDER, false);
    }

    @Override
    public void constant(MethodVisitor code, Step step) {
        if (step.prim() == Prim.INT) {
            species(code, INTS);
            code.visitLdcInsn(step.data());
            code.visitMethodInsn(Opcodes.INVOKESTATIC, INTS, "broadcast", "(" + L_SPECIES + "I)" + L_INTS, false);
        } else {
            code.visitLdcInsn(Float.intBitsToFloat(step.data()));
            broadcast(code);
        }
    }

    @Override
    public void broadcast(MethodVisitor code) {
        species(code, FLOATS);
        code.visitInsn(Opcodes.SWAP);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, FLOATS, "broadcast", "(" + L_SPECIES + "F)" + L_FLOATS, false);
    }

    @Override
    public void apply(MethodVisitor code, Step step) {
        switch (step.prim()) {
            case ADD -> onFloats(code, "add", L_VECTOR);
            case SUBTRACT -> onFloats(code, "sub", L_VECTOR);
            case MULTIPLY -> onFloats(code, "mul", L_VECTOR);
            case DIVIDE -> onFloats(code, "div", L_VECTOR);
            case FMA -> onFloats(code, "fma", L_VECTOR + L_VECTOR);
            case NEGATE -> onFloats(code, "neg", "");
            case ABS -> onFloats(code, "abs", "");
            case SQRT -> onFloats(code, "sqrt", "");
            case TO_BITS -> call(code, FLOATS, "reinterpretAsInts", "()" + L_INTS);
            case FROM_BITS -> call(code, INTS, "reinterpretAsFloats", "()" + L_FLOATS);
            case INT_ADD -> onInts(code, "add", L_VECTOR);
            case INT_SUBTRACT -> onInts(code, "sub", L_VECTOR);
            case INT_AND -> onInts(code, "and", L_VECTOR);
            case INT_OR -> onInts(code, "or", L_VECTOR);
            case SHIFT_LEFT -> shift(code, "LSHL", step.data());
            case SHIFT_RIGHT -> shift(code, "ASHR", step.data());
            default -> throw new IllegalArgumentException(step.toString());
        }
    }

    @Override
    public void select(MethodVisitor code, Step step, Consumer<Step> push) {
        String comparison = switch (step.prim()) {
            case LESS -> "LT";
            case LESS_EQUAL -> "LE";
            case EQUAL -> "EQ";
            default -> throw new IllegalArgumentException(step.toString());
        };
        push.accept(step.operand(3));
        push.accept(step.operand(2));
        push.accept(step.operand(0));
        operator(code, comparison, "Comparison");
        push.accept(step.operand(1));
        call(code, FLOATS, "compare", "(" + operatorType("Comparison") + L_VECTOR + ")" + L_MASK);
        call(code, FLOATS, "blend", "(" + L_VECTOR + L_MASK + ")" + L_FLOATS);
    }

    private static void onFloats(MethodVisitor code, String name, String parameters) {
        call(code, FLOATS, name, "(" + parameters + ")" + L_FLOATS);
    }

    private static void onInts(MethodVisitor code, String name, String parameters) {
        call(code, INTS, name, "(" + parameters + ")" + L_INTS);
    }

    private static void shift(MethodVisitor code, String operator, int by) {
        operator(code, operator, "Binary");
        code.visitLdcInsn(by);
        call(code, INTS, "lanewise", "(" + operatorType("Binary") + "I)" + L_INTS);
    }

    private static void operator(MethodVisitor code, String name, String type) {
        code.visitFieldInsn(Opcodes.GETSTATIC, OPERATORS, name, operatorType(type));
    }

    private static String operatorType(String type) {
        return "L" + OPERATORS + "$" + type + ";";
    }

    private static void species(MethodVisitor code, String owner) {
        code.visitFieldInsn(Opcodes.GETSTATIC, owner, "SPECIES_PREFERRED", L_SPECIES);
    }

    private static void call(MethodVisitor code, String owner, String name, String descriptor) {
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, name, descriptor, false);
    }

    @Override
    public int loadOpcode(boolean isInt) {
        return Opcodes.ALOAD;
    }

    @Override
    public int storeOpcode(boolean isInt) {
        return Opcodes.ASTORE;
    }
}
