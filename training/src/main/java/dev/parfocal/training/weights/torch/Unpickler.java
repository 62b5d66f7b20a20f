package dev.parfocal.training.weights.torch;

import dev.parfocal.training.weights.torch.PickleStack.None;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@code torch.save} pickles: the operations of pickle's protocols 2 to 5 that give dictionaries, lists,
 * numbers, texts and tensors. Tuples, sets and lists all become lists. Calls are made to the functions of {@link Globals}
 * only, none of which has an effect; work and memory are proportional to the pickle's length.
 */
final class Unpickler {
    private static final int STOP = '.';

    private final PickleInput in;
    private final PickleStack stack = new PickleStack();
    private final Map<Long, Object> memo = new HashMap<>();

    private Unpickler(byte[] pickle) {
        in = new PickleInput(pickle);
    }

    /**
     * The object that a pickle describes.
     *
     * @throws PickleException if it is damaged or asks for more than tensors and plain data
     */
    static Object read(byte[] pickle) {
        Unpickler machine = new Unpickler(pickle);
        for (int operation = machine.in.unsignedByte(); operation != STOP; operation = machine.in.unsignedByte()) {
            machine.run(operation);
        }
        return machine.stack.pop();
    }

    private void run(int operation) {
        switch (operation) {
            case 0x80 -> protocol(in.unsignedByte());
            case 0x95 -> in.signedLong();
            case '(' -> stack.mark();
            case '0' -> stack.pop();
            case '1' -> stack.popToMark();
            case '2' -> stack.push(stack.top());
            case 'q' -> memo.put((long) in.unsignedByte(), stack.top());
            case 'r' -> memo.put(in.unsignedInt(), stack.top());
            case 0x94 -> memo.put((long) memo.size(), stack.top());
            case 'h' -> stack.push(remembered(in.unsignedByte()));
            case 'j' -> stack.push(remembered(in.unsignedInt()));
            case 'c' -> stack.push(Globals.of(in.line(), in.line()));
            case 0x93 -> stackGlobal();
            case 'R', 0x81 -> call();
            case 'b' -> build();
            case 'Q' -> stack.push(Storage.of(stack.pop()));
            default -> {
                if (!collection(operation) && !scalar(operation)) {
                    throw PickleException.refused(
                            "pickle's operation 0x%02x at byte %d".formatted(operation, in.position() - 1));
                }
            }
        }
    }

    private boolean collection(int operation) {
        switch (operation) {
            case '}' -> stack.push(new LinkedHashMap<>());
            case ']', ')', 0x8f -> stack.push(new ArrayList<>());
            case 't', 'l', 0x91 -> stack.push(stack.popToMark());
            case 0x85 -> stack.push(stack.pop(1));
            case 0x86 -> stack.push(stack.pop(2));
            case 0x87 -> stack.push(stack.pop(3));
            case 'a' -> stack.append(stack.pop(1));
            case 'e', 0x90 -> stack.append(stack.popToMark());
            case 's' -> stack.put(stack.pop(2));
            case 'u' -> stack.put(stack.popToMark());
            case 'd' -> {
                List<Object> pairs = stack.popToMark();
                stack.push(new LinkedHashMap<>());
                stack.put(pairs);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean scalar(int operation) {
        switch (operation) {
            case 'N' -> stack.push(None.NONE);
            case 0x88 -> stack.push(true);
            case 0x89 -> stack.push(false);
            case 'J' -> stack.push((long) in.signedInt());
            case 'K' -> stack.push((long) in.unsignedByte());
            case 'M' -> stack.push((long) in.unsignedShort());
            case 0x8a -> stack.push(in.wholeNumber(in.unsignedByte()));
            case 0x8b -> stack.push(in.wholeNumber(in.signedInt()));
            case 'G' -> stack.push(in.bigEndianDouble());
            case 'X' -> stack.push(in.text(in.unsignedInt()));
            case 0x8c -> stack.push(in.text(in.unsignedByte()));
            case 0x8d -> stack.push(in.text(in.signedLong()));
            case 'T' -> stack.push(in.text(in.signedInt()));
            case 'U' -> stack.push(in.text(in.unsignedByte()));
            case 'B' -> stack.push(in.raw(in.unsignedInt()));
            case 'C' -> stack.push(in.raw(in.unsignedByte()));
            case 0x8e, 0x96 -> stack.push(in.raw(in.signedLong()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void protocol(int version) {
        if (version < 2 || version > 5) {
            throw PickleException.refused("pickle's protocol " + version);
        }
    }

    private Object remembered(long key) {
        Object value = memo.get(key);
        if (value == null) {
            throw new PickleException("it refers to what was not there");
        }
        return value;
    }

    private void stackGlobal() {
        Object name = stack.pop();
        if (!(stack.pop() instanceof String module) || !(name instanceof String member)) {
            throw new PickleException("a global without a name");
        }
        stack.push(Globals.of(module, member));
    }

    private void call() {
        Object arguments = stack.pop();
        if (!(stack.pop() instanceof Global.Function function) || !(arguments instanceof List<?> list)) {
            throw new PickleException("a call of something that is no function");
        }
        stack.push(function.body().apply(list));
    }

    /** A state dict's attributes, such as the versions of its modules, are of no use here; nothing else has any. */
    private void build() {
        stack.pop();
        if (!(stack.top() instanceof Map<?, ?>)) {
            throw new PickleException("attributes for something that has none");
        }
    }
}
