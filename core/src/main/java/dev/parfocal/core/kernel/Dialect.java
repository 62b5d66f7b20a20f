package dev.parfocal.core.kernel;

import java.util.function.Consumer;
import org.objectweb.asm.MethodVisitor;

/** How the steps of a kernel are written in bytecode: in plain float, or on vectors. */
interface Dialect {

    /** How many elements one round of the loop computes. */
    int width();

    /** The internal name of the class of a column's memory. */
    String memoryClass(Memory memory);

    /** Leaves the numbers of a column on the stack; {@code base} and {@code index} push its memory and the element. */
    void load(MethodVisitor code, Memory memory, Runnable base, Runnable index);

    /** Stores what {@code value} pushes. */
    void store(MethodVisitor code, Memory memory, Runnable value, Runnable base, Runnable index);

    /** Leaves a FLOAT or an INT on the stack. */
    void constant(MethodVisitor code, Step step);

    /** Turns the float on the stack into an operand. */
    void broadcast(MethodVisitor code);

    /** Applies a step of arithmetic to its operands on the stack. */
    void apply(MethodVisitor code, Step step);

    /** Leaves the outcome of a select on the stack; {@code push} leaves an operand there. */
    void select(MethodVisitor code, Step step, Consumer<Step> push);

    /** The opcode that loads an operand from a local variable. */
    int loadOpcode(boolean isInt);

    /** The opcode that stores an operand to a local variable. */
    int storeOpcode(boolean isInt);
}
