package dev.parfocal.core.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes the class of one kernel: a loop whose body are a plan's steps. */
final class KernelWriter {

    private static final String RUN = "([Ljava/lang/Object;[II[F[F)V";
    private static final int MEMORY = 1;
    private static final int START = 2;
    private static final int COUNT = 3;
    private static final int ARGUMENTS = 4;
    private static final int SUMS = 5;
    private static final int INDEX = 6;
    private static final int FIRST_FREE = 7;
    /** Deeper expressions are kept in local variables on the way. */
    private static final int MAX_DEPTH = 16;

    private final Plan plan;
    private final List<Memory> columns;
    private final Dialect dialect;
    private final boolean hoist;
    private final Map<Step, Integer> uses = new HashMap<>();
    private final Map<Step, Integer> depths = new HashMap<>();
    private final Map<Step, Integer> locals = new HashMap<>();
    private final ClassWriter writer = GeneratedClass.begin("dev/parfocal/core/kernel/Kernel");
    private final MethodVisitor code;
    private int nextLocal = FIRST_FREE;

    private KernelWriter(Plan plan, List<Memory> columns, Dialect dialect, boolean hoist) {
        this.hoist = hoist;
        this.plan = plan;
        this.columns = columns;
        this.dialect = dialect;
        code = writer.visitMethod(Opcodes.ACC_PUBLIC, "run", RUN, null, null);
    }

    /** The class of a kernel whose columns lie in the given memories; {@code hoist} makes constants before the loop. */
    static byte[] write(Plan plan, List<Memory> columns, Dialect dialect, boolean hoist) {
        KernelWriter writer = new KernelWriter(plan, columns, dialect, hoist);
        writer.count();
        writer.method();
        return writer.writer.toByteArray();
    }

    private void count() {
        for (Step step : plan.order()) {
            step.operands().forEach(operand -> uses.merge(operand, 1, Integer::sum));
        }
        plan.roots().forEach(root -> uses.merge(root, 1, Integer::sum));
    }

    private void method() {
        code.visitCode();
        unpackColumns();
        prepareConstants();
        int firstSum = loadSums();
        code.visitInsn(Opcodes.ICONST_0);
        code.visitVarInsn(Opcodes.ISTORE, INDEX);
        Label test = new Label();
        Label body = new Label();
        code.visitJumpInsn(Opcodes.GOTO, test);
        code.visitLabel(body);
        body(firstSum);
        code.visitIincInsn(INDEX, dialect.width());
        code.visitLabel(test);
        code.visitVarInsn(Opcodes.ILOAD, INDEX);
        code.visitVarInsn(Opcodes.ILOAD, COUNT);
        code.visitJumpInsn(Opcodes.IF_ICMPLT, body);
        storeSums(firstSum);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
        writer.visitEnd();
    }

    /** Each column gets two local variables: its memory and where it starts. */
    private void unpackColumns() {
        for (int column = 0; column < columns.size(); column++) {
            element(MEMORY, column, Opcodes.AALOAD);
            code.visitTypeInsn(Opcodes.CHECKCAST, dialect.memoryClass(columns.get(column)));
            code.visitVarInsn(Opcodes.ASTORE, newLocal());
            element(START, column, Opcodes.IALOAD);
            code.visitVarInsn(Opcodes.ISTORE, newLocal());
        }
    }

    private void prepareConstants() {
        for (Step step : plan.order()) {
            if (step.prim() == Prim.ARGUMENT) {
                element(ARGUMENTS, step.data(), Opcodes.FALOAD);
                dialect.broadcast(code);
                keep(step);
            } else if (hoist && step.prim().isConstant()) {
                dialect.constant(code, step);
                keep(step);
            }
        }
    }

    private void element(int array, int index, int opcode) {
        code.visitVarInsn(Opcodes.ALOAD, array);
        code.visitLdcInsn(index);
        code.visitInsn(opcode);
    }

    private int newLocal() {
        return nextLocal++;
    }

    private void keep(Step step) {
        int local = newLocal();
        code.visitVarInsn(dialect.storeOpcode(step.prim().isInt()), local);
        locals.put(step, local);
    }

    private void body(int firstSum) {
        for (Step step : plan.order()) {
            int depth = 1
                    + step.operands().stream()
                            .mapToInt(operand -> locals.containsKey(operand) ? 0 : depths.getOrDefault(operand, 0))
                            .max()
                            .orElse(0);
            depths.put(step, depth);
            boolean shared = uses.getOrDefault(step, 0) > 1 || depth > MAX_DEPTH;
            if (shared && !step.prim().isConstant()) {
                compute(step);
                keep(step);
            }
        }
        for (int i = 0; i < plan.outputs().size(); i++) {
            Step output = plan.outputs().get(i);
            int column = plan.inputs() + i;
            dialect.store(code, columns.get(column), () -> push(output), () -> base(column), () -> index(column));
        }
        plan.summed().forEach(step -> addUp(step, firstSum));
    }

    private void push(Step step) {
        Integer local = locals.get(step);
        if (local != null) {
            code.visitVarInsn(dialect.loadOpcode(step.prim().isInt()), local);
        } else {
            compute(step);
        }
    }

    private void compute(Step step) {
        Prim prim = step.prim();
        if (prim == Prim.LOAD) {
            dialect.load(code, columns.get(step.data()), () -> base(step.data()), () -> index(step.data()));
        } else if (prim.isConstant()) {
            dialect.constant(code, step);
        } else if (prim.isSelect()) {
            dialect.select(code, step, this::push);
        } else {
            step.operands().forEach(this::push);
            dialect.apply(code, step);
        }
    }

    private void base(int column) {
        code.visitVarInsn(Opcodes.ALOAD, FIRST_FREE + 2 * column);
    }

    private void index(int column) {
        code.visitVarInsn(Opcodes.ILOAD, FIRST_FREE + 2 * column + 1);
        code.visitVarInsn(Opcodes.ILOAD, INDEX);
        code.visitInsn(Opcodes.IADD);
    }

    /** Vectors keep the running sums in local variables; plain code adds to the array. */
    private int loadSums() {
        int first = nextLocal;
        if (!plan.summed().isEmpty() && dialect.width() > 1) {
            for (int lane = 0; lane < Plan.LANES; lane += dialect.width()) {
                sums(lane, Opcodes.ASTORE, newLocal());
            }
        }
        return first;
    }

    private void storeSums(int first) {
        if (!plan.summed().isEmpty() && dialect.width() > 1) {
            for (int lane = 0; lane < Plan.LANES; lane += dialect.width()) {
                sums(lane, Opcodes.ALOAD, first + lane / dialect.width());
            }
        }
    }

    private void sums(int lane, int opcode, int local) {
        Runnable base = () -> code.visitVarInsn(Opcodes.ALOAD, SUMS);
        Runnable index = () -> code.visitLdcInsn(lane);
        if (opcode == Opcodes.ASTORE) {
            dialect.load(code, Memory.HEAP, base, index);
            code.visitVarInsn(opcode, local);
        } else {
            dialect.store(code, Memory.HEAP, () -> code.visitVarInsn(opcode, local), base, index);
        }
    }

    private void addUp(Step step, int firstSum) {
        if (dialect.width() == 1) {
            addToArray(step);
            return;
        }
        // The sums rotate: after each round the next vector of sums is the first.
        int last = firstSum + Plan.LANES / dialect.width() - 1;
        code.visitVarInsn(Opcodes.ALOAD, firstSum);
        push(step);
        dialect.apply(code, new Step(-1, Prim.ADD, List.of(step, step), 0));
        for (int local = firstSum; local < last; local++) {
            code.visitVarInsn(Opcodes.ALOAD, local + 1);
            code.visitVarInsn(Opcodes.ASTORE, local);
        }
        code.visitVarInsn(Opcodes.ASTORE, last);
    }

    private void addToArray(Step step) {
        code.visitVarInsn(Opcodes.ALOAD, SUMS);
        code.visitVarInsn(Opcodes.ILOAD, INDEX);
        code.visitLdcInsn(Plan.LANES - 1);
        code.visitInsn(Opcodes.IAND);
        code.visitInsn(Opcodes.DUP2);
        code.visitInsn(Opcodes.FALOAD);
        push(step);
        code.visitInsn(Opcodes.FADD);
        code.visitInsn(Opcodes.FASTORE);
    }
}
