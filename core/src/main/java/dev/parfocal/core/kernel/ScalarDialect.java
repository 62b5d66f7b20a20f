package dev.parfocal.core.kernel;

import java.util.function.Consumer;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Plain float and int. */
final class ScalarDialect implements Dialect {

    private static final String FLOAT_BUFFER = "java/nio/FloatBuffer";

    @Override
    public int width() {
        return 1;
    }

    @Override
    public String memoryClass(Memory memory) {
        return memory == Memory.HEAP ? "[F" : FLOAT_BUFFER;
    }

    @Override
    public void load(MethodVisitor code, Memory memory, Runnable base, Runnable index) {
        base.run();
        index.run();
        if (memory == Memory.HEAP) {
            code.visitInsn(Opcodes.FALOAD);
        } else {
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, FLOAT_BUFFER, "get", "(I)F", false);
        }
    }

    @Override
    public void store(MethodVisitor code, Memory memory, Runnable value, Runnable base, Runnable index) {
        base.run();
        index.run();
        value.run();
        if (memory == Memory.HEAP) {
            code.visitInsn(Opcodes.FASTORE);
        } else {
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, FLOAT_BUFFER, "put", "(IF)Ljava/nio/FloatBuffer;", false);
            code.visitInsn(Opcodes.POP);
        }
    }

    @Override
    public void constant(MethodVisitor code, Step step) {
        if (step.prim() == Prim.INT) {
            code.visitLdcInsn(step.data());
        } else {
            code.visitLdcInsn(Float.intBitsToFloat(step.data()));
        }
    }

    @Override
    public void broadcast(MethodVisitor code) {
        // A float is an operand already.
    }

    @Override
    public void apply(MethodVisitor code, Step step) {
        switch (step.prim()) {
            case ADD -> code.visitInsn(Opcodes.FADD);
            case SUBTRACT -> code.visitInsn(Opcodes.FSUB);
            case MULTIPLY -> code.visitInsn(Opcodes.FMUL);
            case DIVIDE -> code.visitInsn(Opcodes.FDIV);
            case NEGATE -> code.visitInsn(Opcodes.FNEG);
            case FMA -> call(code, "java/lang/Math", "fma", "(FFF)F");
            case ABS -> call(code, "java/lang/Math", "abs", "(F)F");
            case SQRT -> squareRoot(code);
            case TO_BITS -> call(code, "java/lang/Float", "floatToRawIntBits", "(F)I");
            case FROM_BITS -> call(code, "java/lang/Float", "intBitsToFloat", "(I)F");
            case INT_ADD -> code.visitInsn(Opcodes.IADD);
            case INT_SUBTRACT -> code.visitInsn(Opcodes.ISUB);
            case INT_AND -> code.visitInsn(Opcodes.IAND);
            case INT_OR -> code.visitInsn(Opcodes.IOR);
            case SHIFT_LEFT -> shift(code, Opcodes.ISHL, step.data());
            case SHIFT_RIGHT -> shift(code, Opcodes.ISHR, step.data());
            default -> throw new IllegalArgumentException(step.toString());
        }
    }

    /** Of a double that holds a float; rounded to float it is the correctly rounded root. */
    private static void squareRoot(MethodVisitor code) {
        code.visitInsn(Opcodes.F2D);
        call(code, "java/lang/Math", "sqrt", "(D)D");
        code.visitInsn(Opcodes.D2F);
    }

    private static void shift(MethodVisitor code, int opcode, int by) {
        code.visitLdcInsn(by);
        code.visitInsn(opcode);
    }

    private static void call(MethodVisitor code, String owner, String name, String descriptor) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
    }

    @Override
    public void select(MethodVisitor code, Step step, Consumer<Step> push) {
        Label whenFalse = new Label();
        Label end = new Label();
        push.accept(step.operand(0));
        push.accept(step.operand(1));
        // FCMPG yields 1 for NaN, so that every comparison with NaN is false.
        code.visitInsn(Opcodes.FCMPG);
        code.visitJumpInsn(jumpUnless(step.prim()), whenFalse);
        push.accept(step.operand(2));
        code.visitJumpInsn(Opcodes.GOTO, end);
        code.visitLabel(whenFalse);
        push.accept(step.operand(3));
        code.visitLabel(end);
    }

    private static int jumpUnless(Prim comparison) {
        return switch (comparison) {
            case LESS -> Opcodes.IFGE;
            case LESS_EQUAL -> Opcodes.IFGT;
            case EQUAL -> Opcodes.IFNE;
            default -> throw new IllegalArgumentException(comparison.toString());
        };
    }

    @Override
    public int loadOpcode(boolean isInt) {
        return isInt ? Opcodes.ILOAD : Opcodes.FLOAD;
    }

    @Override
    public int storeOpcode(boolean isInt) {
        return isInt ? Opcodes.ISTORE : Opcodes.FSTORE;
    }
}
