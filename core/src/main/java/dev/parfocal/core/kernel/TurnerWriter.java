package dev.parfocal.core.kernel;

import java.util.OptionalInt;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes the class of a {@link Turner}: one loop over the rows, whose body copies each bin by a line of its own. */
final class TurnerWriter {

    private static final int COUNT = 4;
    private static final int ROW = 5;

    /** The local variable of an array, how far apart rows and bins lie in it, and the one that says where they start. */
    private record Place(int array, int row, int bin, OptionalInt first) {}

    private TurnerWriter() {}

    static byte[] write(int bins, int stride) {
        ClassWriter writer = GeneratedClass.begin("dev/parfocal/core/kernel/Turner");
        OptionalInt none = OptionalInt.empty();
        method(
                writer.visitMethod(Opcodes.ACC_PUBLIC, "toColumns", "([FI[FI)V", null, null),
                bins,
                new Place(1, bins, 1, OptionalInt.of(2)),
                new Place(3, 1, stride, none));
        method(
                writer.visitMethod(Opcodes.ACC_PUBLIC, "toRows", "([F[FII)V", null, null),
                bins,
                new Place(1, 1, stride, none),
                new Place(2, bins, 1, OptionalInt.of(3)));
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void method(MethodVisitor code, int bins, Place source, Place target) {
        code.visitCode();
        code.visitInsn(Opcodes.ICONST_0);
        code.visitVarInsn(Opcodes.ISTORE, ROW);
        Label body = new Label();
        Label test = new Label();
        code.visitJumpInsn(Opcodes.GOTO, test);
        code.visitLabel(body);
        for (int j = 0; j < bins; j++) {
            code.visitVarInsn(Opcodes.ALOAD, target.array());
            index(code, target, j);
            code.visitVarInsn(Opcodes.ALOAD, source.array());
            index(code, source, j);
            code.visitInsn(Opcodes.FALOAD);
            code.visitInsn(Opcodes.FASTORE);
        }
        code.visitIincInsn(ROW, 1);
        code.visitLabel(test);
        code.visitVarInsn(Opcodes.ILOAD, ROW);
        code.visitVarInsn(Opcodes.ILOAD, COUNT);
        code.visitJumpInsn(Opcodes.IF_ICMPLT, body);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void index(MethodVisitor code, Place place, int bin) {
        code.visitVarInsn(Opcodes.ILOAD, ROW);
        code.visitLdcInsn(place.row());
        code.visitInsn(Opcodes.IMUL);
        code.visitLdcInsn(bin * place.bin());
        code.visitInsn(Opcodes.IADD);
        place.first().ifPresent(first -> {
            code.visitVarInsn(Opcodes.ILOAD, first);
            code.visitInsn(Opcodes.IADD);
        });
    }
}
