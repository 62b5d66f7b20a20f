package dev.parfocal.core.kernel;

import java.util.List;

/**
 * One instruction of a kernel. Steps are compared by identity; equal ones of one {@link Steps} are the same.
 *
 * @param number the position among its {@link Steps}: operands have smaller ones
 * @param data the column, the argument, the bits of a constant, or how far to shift
 */
record Step(int number, Prim prim, List<Step> operands, int data) {

    Step operand(int index) {
        return operands.get(index);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public String toString() {
        return number + "=" + prim + operands.stream().map(Step::number).toList() + data;
    }
}
