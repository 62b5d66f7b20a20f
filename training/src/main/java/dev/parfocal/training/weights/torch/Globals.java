package dev.parfocal.training.weights.torch;

import dev.parfocal.training.weights.file.ElementType;
import dev.parfocal.training.weights.file.PlainName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names that a pickle may use, in one table; every other is refused. */
final class Globals {
    private static final int MOST_NAME = 500;
    private static final Map<String, Global> KNOWN = known();

    private Globals() {}

    /** @throws PickleException that names it, if it is not in the table */
    static Global of(String module, String name) {
        if (module.length() > MOST_NAME || name.length() > MOST_NAME) {
            throw PickleException.refused(
                    "something with a name of " + Math.max(module.length(), name.length()) + " letters");
        }
        Global known = KNOWN.get(module + "." + name);
        if (known == null) {
            throw PickleException.refused(PlainName.of(module + "." + name));
        }
        return known;
    }

    private static Map<String, Global> known() {
        Map<String, Global> table = new HashMap<>();
        function(table, TensorView::of, "torch._utils._rebuild_tensor_v2");
        function(table, TensorView::typed, "torch._utils._rebuild_tensor_v3");
        function(
                table, Globals::first, "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state");
        function(table, Globals::first, "torch.Size", "torch.device", "_codecs.encode");
        function(table, Globals::dictionary, "collections.OrderedDict", "collections.Counter");
        function(table, arguments -> new LinkedHashMap<>(), "collections.defaultdict");
        for (String module : List.of("builtins.", "__builtin__.")) {
            function(table, Globals::dictionary, module + "dict");
            function(table, Globals::collection, module + "list", module + "set", module + "frozenset");
        }
        table.put("torch.UntypedStorage", new Global.UntypedStorage());
        table.put("torch.storage.UntypedStorage", new Global.UntypedStorage());
        type(table, ElementType.F64, "Double", "float64");
        type(table, ElementType.F32, "Float", "float32");
        type(table, ElementType.F16, "Half", "float16");
        type(table, ElementType.BF16, "BFloat16", "bfloat16");
        type(table, ElementType.I64, "Long", "int64");
        type(table, ElementType.I32, "Int", "int32");
        type(table, ElementType.I16, "Short", "int16");
        type(table, ElementType.I8, "Char", "int8");
        type(table, ElementType.U8, "Byte", "uint8");
        type(table, ElementType.BOOL, "Bool", "bool");
        return table;
    }

    private static void function(Map<String, Global> table, Global.Body body, String... names) {
        for (String name : names) {
            table.put(name, new Global.Function(body));
        }
    }

    private static void type(Map<String, Global> table, ElementType type, String storage, String dtype) {
        table.put("torch." + storage + "Storage", new Global.StorageType(type));
        table.put("torch." + dtype, new Global.DataType(type));
    }

    private static Object first(List<?> arguments) {
        if (arguments.isEmpty()) {
            throw new PickleException("a call without arguments");
        }
        return arguments.get(0);
    }

    /** The argument itself, not a copy: a pickle that asked for many copies of a large one would fill the memory. */
    private static Object dictionary(List<?> arguments) {
        if (arguments.isEmpty()) {
            return new LinkedHashMap<>();
        }
        if (arguments.get(0) instanceof Map<?, ?> given) {
            return given;
        }
        throw new PickleException("a dictionary from something else than one");
    }

    private static Object collection(List<?> arguments) {
        if (arguments.isEmpty()) {
            return new ArrayList<>();
        }
        if (arguments.get(0) instanceof List<?> given) {
            return given;
        }
        throw new PickleException("a collection from something else than a list");
    }
}
