package dev.parfocal.training.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.weights.file.TensorInfo;
import dev.parfocal.training.weights.file.WeightSource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that PyTorch and safetensors wrote, against what those say of them ({@code src/test/python/weight_files.py}). */
class WeightFileTest {
    private static final Map<String, String> TYPES = Map.of(
            "float64",
            "F64",
            "float32",
            "F32",
            "float16",
            "F16",
            "bfloat16",
            "BF16",
            "int64",
            "I64",
            "int32",
            "I32",
            "int16",
            "I16",
            "int8",
            "I8",
            "uint8",
            "U8",
            "bool",
            "BOOL");

    static Path resource(String name) {
        try {
            return Path.of(WeightFileTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode manifest() {
        return new JsonMapper().readTree(resource("weights.json").toFile());
    }

    static Stream<String> whole() {
        return manifest()
                .propertyStream()
                .filter(f -> f.getValue().has("tensors"))
                .map(Map.Entry::getKey);
    }

    static Stream<String> refused() {
        return manifest()
                .propertyStream()
                .filter(f -> f.getValue().has("refused"))
                .map(Map.Entry::getKey);
    }

    @ParameterizedTest
    @MethodSource("whole")
    void readsNamesTypesShapesAndValues(String name) {
        WeightSource source = WeightFile.open(resource(name));
        JsonNode tensors = manifest().get(name).get("tensors");
        assertThat(source.tensors().keySet()).containsExactlyInAnyOrderElementsOf(tensors.propertyNames());
        tensors.forEachEntry((tensor, expected) -> {
            TensorInfo info = source.tensors().get(tensor);
            assertThat(info.type()).hasToString(TYPES.get(expected.get("type").asString()));
            assertThat(info.shape())
                    .isEqualTo(expected.get("shape")
                            .valueStream()
                            .map(JsonNode::asLong)
                            .toList());
            double[] values = expected.get("values")
                    .valueStream()
                    .mapToDouble(JsonNode::asDouble)
                    .toArray();
            float[] read = source.readFinite(tensor);
            assertThat(read).hasSize(values.length);
            for (int i = 0; i < values.length; i++) {
                assertThat((double) read[i]).as("%s[%d]", tensor, i).isEqualTo(values[i]);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatIsNoTensorFile(String name) {
        assertThatThrownBy(() -> WeightFile.open(resource(name)))
                .isExactlyInstanceOf(ParfocalException.class)
                .hasMessageContaining(name);
        assertThat(Path.of("parfocal-was-executed")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "hostile_system.pth, asks for posix.system: refused",
        "hostile_eval.pth, asks for __builtin__.eval: refused",
        "hostile_getattr.pth, asks for __builtin__.getattr: refused",
        "namespace.pth, asks for argparse.Namespace: refused",
        "whole_module.pth, 'asks for torch.nn.modules.container.Sequential: refused'",
        "whole_module.pth, torch.save(model.state_dict()",
        "legacy.pth, torch.save(model.state_dict()",
        "truncated.pth, the directory at its end is missing",
        "truncated_pickle.pth, it ends too early",
        "outside_storage.pth, reaches beyond its storage of 4 elements",
        "missing_storage.pth, reaches beyond its storage of 4 elements",
        "truncated.safetensors, is not a whole safetensors file",
        "long_header.safetensors, its header would have 1152921504606846976 bytes",
        "empty.pth, is empty",
    })
    void saysWhatIsWrong(String name, String message) {
        assertThatThrownBy(() -> WeightFile.open(resource(name))).hasMessageContaining(message);
    }

    @Test
    void namesTheFirstValueThatIsNotFinite() {
        WeightSource source = WeightFile.open(resource("nan.pth"));
        assertThat(source.read("weight")).containsExactly(1, Float.NaN, Float.POSITIVE_INFINITY);
        assertThatThrownBy(() -> source.readFinite("weight"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("element 1 of tensor weight is NaN");
    }

    @Test
    void saysWhichPartOfACheckpointItReads() {
        assertThat(WeightFile.open(resource("ema_module.pth")).origin()).endsWith("ema_module.pth (ema.module)");
        assertThat(WeightFile.open(resource("state_dict.pth")).origin()).endsWith("state_dict.pth");
    }

    @Test
    void namesAFileThatIsNotThere() throws IOException {
        assertThatThrownBy(() -> WeightFile.open(Path.of("no such file")))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("cannot read no such file: there is no such file");
        Path folder = Files.createTempDirectory("weights");
        assertThatThrownBy(() -> WeightFile.open(folder)).hasMessageContaining("it is not a file");
        Files.delete(folder);
    }
}
