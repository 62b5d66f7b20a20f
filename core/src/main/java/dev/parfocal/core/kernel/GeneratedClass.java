package dev.parfocal.core.kernel;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What all generated classes have in common: a name, an interface, and a constructor without parameters. */
final class GeneratedClass extends ClassWriter {

    private GeneratedClass() {
        super(COMPUTE_FRAMES | COMPUTE_MAXS);
    }

    /** A class that implements an interface, given by its internal name; the methods are still to be written. */
    static ClassWriter begin(String implemented) {
        ClassWriter writer = new GeneratedClass();
        String name = "dev/parfocal/core/kernel/Generated";
        int access = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
        writer.visit(Opcodes.V17, access, name, null, "java/lang/Object", new String[] {implemented});
        MethodVisitor init = writer.visitMethod(0, "<init>", "()V", null, null);
        init.visitCode();
        init.visitVarInsn(Opcodes.ALOAD, 0);
        init.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        init.visitInsn(Opcodes.RETURN);
        init.visitMaxs(0, 0);
        init.visitEnd();
        return writer;
    }

    /** Where paths of the code meet, variables of different classes are of no use: no class is loaded to find out more. */
    @Override
    protected String getCommonSuperClass(String first, String second) {
        return "java/lang/Object";
    }
}
