package dev.parfocal.training.weights.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pickles written by hand, one letter for each byte. */
class UnpicklerTest {
    private static Object read(String pickle) {
        return Unpickler.read(pickle.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void readsPlainData() {
        assertThat(read("}(U\u0001aK\u0005U\u0001b](\u0088\u0089eu."))
                .isEqualTo(Map.of("a", 5L, "b", List.of(true, false)));
        assertThat(read("J\u00fe\u00ff\u00ff\u00ff.")).isEqualTo(-2L);
        assertThat(read("G\u00bf\u00e0\0\0\0\0\0\0.")).isEqualTo(-0.5);
        assertThat(read("\u008a\u0002\u0000\u0080.")).isEqualTo(-32768L);
        assertThat(read("\u008a\u0009" + "\0".repeat(8) + "\u0001.")).isEqualTo(BigInteger.ONE.shiftLeft(64));
        assertThat(read("K\u0001K\u0002\u0086q\u0000h\u0000\u0086."))
                .isEqualTo(List.of(List.of(1L, 2L), List.of(1L, 2L)));
    }

    @Test
    void readsCollectionsThatCallTheirNames() {
        assertThat(read("ccollections\nOrderedDict\n)RU\u0001aK\u0001s}b.")).isEqualTo(Map.of("a", 1L));
        assertThat(read("c__builtin__\nset\n](K\u0003e\u0085R.")).isEqualTo(List.of(3L));
        assertThat(read("\u008c\u0008builtins\u008c\u0003set\u0093](K\u0003e\u0085R."))
                .isEqualTo(List.of(3L));
    }

    @ParameterizedTest
    @CsvSource({
        "'cposix\nsystem\n(U\u0004echotR.', posix.system",
        "'cos\nsystem\n.', os.system",
        "'c__builtin__\nexec\n.', __builtin__.exec",
        "'ctorch.storage\n_load_from_bytes\n.', torch.storage._load_from_bytes",
        "'cnumpy.core.multiarray\nscalar\n.', numpy.core.multiarray.scalar",
        "'ctorch\nQInt8Storage\n.', torch.QInt8Storage",
        "'cevil\u001b[31m\nname\n.', evil?[31m.name",
        "'(iposix\nsystem\n.', operation 0x69",
        "'P0\n.', operation 0x50",
        "'\u0080\u0006N.', protocol 6",
        "'}K\u0001\u0085K\u0001s.', keys",
    })
    void refusesEverythingElseByName(String pickle, String name) {
        assertThatThrownBy(() -> read(pickle))
                .isInstanceOfSatisfying(
                        PickleException.class, e -> assertThat(e.isRefused()).isTrue())
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({
        "'.'",
        "'K'",
        "'K\u0001'",
        "'0.'",
        "'h\u0001.'",
        "'t.'",
        "'(0.'",
        "'K\u0001)R.'",
        "'K\u0001}b.'",
        "'NQ.'",
        "'K\u0001K\u0002a.'",
        "'K\u0001K\u0002K\u0003s.'",
        "'}(K\u0001u.'",
        "'X\u00ff\u00ff\u00ff\u007fa.'",
        "'\u008b\u00ff\u00ff\u00ff\u00ff.'",
        "'cabc'",
        "'\u0085.'",
        "'NN\u0093.'",
        "'ccollections\nOrderedDict\nK\u0001\u0085R.'"
    })
    void findsWhatIsDamaged(String pickle) {
        assertThatThrownBy(() -> read(pickle))
                .isInstanceOfSatisfying(
                        PickleException.class, e -> assertThat(e.isRefused()).isFalse());
    }

    @Test
    void readsOrRefusesNoise() {
        Random random = new Random(3);
        String letters = "}])(tuseaRbhq.KN021cX\u0081\u0085\u0086\u0087\u0088\u008f\u0090\u0091\u0093\u0094Q";
        int read = 0;
        for (int i = 0; i < 30_000; i++) {
            StringBuilder pickle = new StringBuilder();
            for (int n = random.nextInt(30); n > 0; n--) {
                pickle.append(letters.charAt(random.nextInt(letters.length())));
            }
            try {
                read(pickle.append('.').toString());
                read++;
            } catch (ParfocalException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
        assertThat(read).isBetween(100, 29_000);
    }

    @Test
    void takesNoMoreWorkThanThePickleIsLong() {
        ByteArrayOutputStream nested = new ByteArrayOutputStream();
        nested.writeBytes("]q\0".getBytes(StandardCharsets.ISO_8859_1));
        for (int level = 0; level < 100_000; level++) {
            nested.writeBytes("h\0\u0086q\0".replace("\u0086", "h\0\u0086").getBytes(StandardCharsets.ISO_8859_1));
        }
        nested.write('.');
        assertThat(Unpickler.read(nested.toByteArray()) instanceof List).isTrue();
    }
}
