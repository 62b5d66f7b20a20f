package dev.parfocal.core.kernel;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes the class of a {@link Turner}: one loop over the rows, whose body copies each bin by a line of its own. */
final class TurnerWriter {

    private static final int SOURCE = 1;
    private static final int TARGET = 2;
    private static final int COUNT = 3;
    private static final int ROW = 4;

    /** How far apart rows and bins lie in an array. */
    private record Place(int row, int bin) {}

    private TurnerWriter() {}

    static byte[] write(int bins, int stride) {
        ClassWriter writer = GeneratedClass.begin("dev/parfocal/core/kernel/Turner");
        Place rows = new Place(bins, 1);
        Place columns = new Place(1, stride);
        method(writer, "toColumns", bins, rows, columns);
        method(writer, "toRows", bins, columns, rows);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void method(ClassWriter writer, String name, int bins, Place source, Place target) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, name, "([F[FI)V", null, null);
        code.visitCode();
        code.visitInsn(Opcodes.ICONST_0);
        code.visitVarInsn(Opcodes.ISTORE, ROW);
        Label body = new Label();
        Label test = new Label();
        code.visitJumpInsn(Opcodes.GOTO, test);
        code.visitLabel(body);
        for (int j = 0; j < bins; j++) {
            code.visitVarInsn(Opcodes.ALOAD, TARGET);
            index(code, target, j);
            code.visitVarInsn(Opcodes.ALOAD, SOURCE);
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
    }
}
