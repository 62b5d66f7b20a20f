package dev.parfocal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.cli.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeCommandTest {

    private static final double HALF = Math.log(2);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"reference", "scalar", "vector"})
    void aPointwiseLossGetsValueAndGradient(String backend) throws IOException {
        Run run = compute(
                "logit,target\n0,1\n0,0\n", "focal", "--set", "gamma=0", "--set", "alpha=0.5", "--backend", backend);

        assertThat(run.err()).isEmpty();
        List<String[]> rows = rows(run);
        assertThat(rows.get(0)).containsExactly("logit", "target", "value", "gradient");
        assertThat(number(rows, 1, 2)).isEqualTo(HALF / 2, within(1e-7));
        assertThat(number(rows, 1, 3)).isEqualTo(-0.25, within(1e-7));
        assertThat(number(rows, 2, 3)).isEqualTo(0.25, within(1e-7));
    }

    @Test
    void columnsMayComeInAnyOrderAndOthersArePassedThrough() throws IOException {
        String csv = "\uFEFFname,target,logit,note\r\n\"a, b\",1,0,\"say \"\"hi\"\"\"\r\n\r\nc,0, 0 ,\r\n";

        Run run = compute(csv, "bce", "--backend", "reference");

        assertThat(run.out())
                .isEqualTo("name,target,logit,note,value,gradient\n"
                        + "\"a, b\",1,0,\"say \"\"hi\"\"\"," + HALF + ",-0.5\n"
                        + "c,0, 0 ,," + HALF + ",0.5\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "scalar"})
    void eachLogitHasTheParametersOfItsClass(String backend) throws IOException {
        String csv = "class,logit,target\n1,0,1\n0,0,1\n1,0,0\n";
        Run run = compute(csv, "focal", "--set", "gamma=0", "--set", "alpha=[0.5, 0.25]", "--backend", backend);

        assertThat(run.err()).isEmpty();
        List<String[]> rows = rows(run);
        assertThat(number(rows, 1, 3)).isEqualTo(HALF / 4, within(1e-7));
        assertThat(number(rows, 2, 3)).isEqualTo(HALF / 2, within(1e-7));
        assertThat(number(rows, 3, 3)).isEqualTo(HALF * 3 / 4, within(1e-7));
        assertThat(compute("logit,target\n0,1\n", "focal", "--set", "alpha=[0.5,0.25]")
                        .err())
                .endsWith(": no column 'class'; it has logit, target\n");
        assertThat(compute("class,logit,target\n2,0,1\n", "focal", "--set", "alpha=[0.5,0.25]")
                        .err())
                .endsWith("focal: alpha has values for 2 classes, the first of which is 0, and none for class 2\n");
        assertThat(compute(csv, "dual_focal", "--set", "beta=[1,2]").err())
                .contains("dual_focal: beta is one number for all classes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "scalar"})
    void rowsHaveTheParametersOfTheirLabels(String backend) throws IOException {
        Run run = compute(
                "label,s0,s1\n1,0,0\n0,0,0\n",
                "softmax_focal",
                "--set",
                "gamma=0",
                "--set",
                "alpha=[0.5,0.25]",
                "--backend",
                backend);

        assertThat(run.err()).isEmpty();
        assertThat(number(rows(run), 1, 3)).isEqualTo(HALF / 4, within(1e-7));
        assertThat(number(rows(run), 2, 3)).isEqualTo(HALF / 2, within(1e-7));
    }

    @Test
    void rowsHaveAsManyBinsAsThereAreColumns() throws IOException {
        Run run = compute("y,s0,s1,s2\n1.5,0,0,0\n", "distribution_focal", "--backend", "reference");

        List<String[]> rows = rows(run);
        assertThat(rows.get(0)).containsExactly("y", "s0", "s1", "s2", "value", "g_s0", "g_s1", "g_s2");
        assertThat(number(rows, 1, 4)).isEqualTo(Math.log(3), within(1e-15));
        assertThat(number(rows, 1, 5)).isEqualTo(1 / 3.0, within(1e-15));
        assertThat(number(rows, 1, 6)).isEqualTo(1 / 3.0 - 0.5, within(1e-15));
    }

    @Test
    void boxesGetAGradientForEachCorner() throws IOException {
        Run run = compute("x1,y1,x2,y2,tx1,ty1,tx2,ty2\n0,0,2,2,1,1,3,3\n", "iou");

        List<String[]> rows = rows(run);
        assertThat(rows.get(0)).endsWith("value", "g_x1", "g_y1", "g_x2", "g_y2");
        assertThat(number(rows, 1, 8)).isEqualTo(6 / 7.0, within(1e-6));
        assertThat(number(rows, 1, 9)).isEqualTo(number(rows, 1, 10));
    }

    @Test
    void floatsReadBackExactlyAndScalarAgreesWithVector() throws IOException {
        StringBuilder csv = new StringBuilder("logit,target\n");
        for (int i = -400; i <= 400; i++) {
            csv.append(i / 7.0).append(',').append(i & 1).append('\n');
        }

        Run scalar = compute(csv.toString(), "varifocal", "--backend", "scalar");
        Run vector = compute(csv.toString(), "varifocal", "--backend", "vector");

        assertThat(vector.out()).isEqualTo(scalar.out());
        assertThat(rows(scalar).stream().skip(1).map(row -> row[2]))
                .allSatisfy(cell ->
                        assertThat(Float.toString(Float.parseFloat(cell))).isEqualTo(cell));
    }

    @Test
    void outputGoesToAFileThatIsCompleteOrUntouched() throws IOException {
        Path output = folder.resolve("out.csv");
        Files.writeString(output, "old");

        Run bad = compute("logit,target\n0,2\n", "focal", "--output", output.toString());
        assertThat(bad.code()).isEqualTo(2);
        assertThat(output).hasContent("old");

        Run good = compute("logit,target\n", "focal", "--output", output.toString());
        assertThat(good.code()).isZero();
        assertThat(output).hasContent("logit,target,value,gradient\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | IN is empty: its first line must name the columns",
                "'logits,target\n0,1\n' | IN: no column 'logit'; did you mean 'logits'?",
                "'a,b\n0,1\n' | IN: no column 'logit', 'target'; it has a, b",
                "'logit,logit,target\n0,0,1\n' | IN: column 'logit' stands there twice",
                "'logit,target\n0,1\n0,1,2\n' | IN, line 3: 3 cells, but the first line names 2 columns",
                "'logit,target\n\n0\n' | IN, line 3: 1 cell, but the first line names 2 columns",
                "'logit,target\n0,1\nx1,0\n' | IN, line 3, column 'logit': 'x1' is not a number",
                "'logit,target\n1f,1\n' | IN, line 2, column 'logit': '1f' is not a number",
                "'logit,target\n,1\n' | IN, line 2, column 'logit': the cell is empty",
                "'logit,target\n0,1.5\n' | IN, line 2, column 'target': 1.5 is outside [0, 1]",
                "'logit,target\n0,-inf\n' | IN, line 2, column 'target': -inf is outside [0, 1]",
                "'logit,target\n"
                        + "NaN,1\n"
                        + "' | IN, line 2, column 'logit': NaN is not a number that a loss can be computed of; leave the"
                        + " row out",
                "'logit,target\n"
                        + "1e300,1\n"
                        + "' | IN, line 2, column 'logit': 1e300 is too large for float32; --backend reference computes in"
                        + " double",
                "'logit,target,value\n"
                        + "0,1,0\n"
                        + "' | IN: has a column 'value' already, which is what the result is called; rename it or take it"
                        + " out",
            })
    void badInputIsRefusedInOneLine(String csv, String message) throws IOException {
        Run run = compute(csv, "focal");

        assertThat(run.err())
                .isEqualTo("parfocal compute: "
                        + message.replace("IN", folder.resolve("in.csv").toString()) + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void anUnclosedQuoteIsRefused() throws IOException {
        assertThat(compute("logit,target\n\"0,1\n", "focal").code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(compute("logit,target\n1,1\n\"1\"x,1\n", "focal").err())
                .contains(", line 3: not well-formed CSV: ")
                .doesNotContain("xception");
    }

    @Test
    void classIndicesMustBeWholeAndBelowTheNumberOfClasses() throws IOException {
        assertThat(compute("s0,s1,label\n0,0,2\n", "softmax_focal").err())
                .endsWith("line 2, column 'label': 2 is outside [0, 1] integer\n".replace("[0, 1] integer", "{0, 1}"));
        assertThat(compute("s0,s1,s2,label\n0,0,0,0.5\n", "softmax_focal").err())
                .endsWith("line 2, column 'label': 0.5 is outside [0, 2] integer\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "focl | there is no loss 'focl'; did you mean 'focal'?",
                "my.loss | my.loss: no such file",
            })
    void anUnknownLossIsRefused(String name, String message) throws IOException {
        assertThat(compute("logit,target\n", name).err()).isEqualTo("parfocal compute: " + message + "\n");
    }

    @Test
    void settingsAreChecked() throws IOException {
        assertThat(compute("logit,target\n", "focal", "--set", "gama=1").err())
                .isEqualTo("parfocal compute: focal has no parameter 'gama'; did you mean 'gamma'?\n");
        assertThat(compute("logit,target\n", "focal", "--set", "gamma=9").err())
                .isEqualTo("parfocal compute: focal: gamma = 9 is outside its range [0, 5]\n");
        assertThat(compute("logit,target\n", "focal", "--set", "gamma=two").err())
                .isEqualTo("parfocal compute: gamma=two: 'two' is not a number\n");
    }

    @Test
    void aMissingFileIsNamed() {
        Run run = Run.of("compute", "focal", "--input", folder.resolve("none.csv"));
        assertThat(run.err())
                .isEqualTo("parfocal compute: " + folder.resolve("none.csv") + ": there is no such file or folder\n");
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    }

    private Run compute(String csv, String... arguments) throws IOException {
        Path input = folder.resolve("in.csv");
        Files.write(input, csv.getBytes(StandardCharsets.UTF_8));
        Object[] words = new Object[arguments.length + 3];
        words[0] = "compute";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        words[arguments.length + 1] = "--input";
        words[arguments.length + 2] = input;
        return Run.of(words);
    }

    private static List<String[]> rows(Run run) {
        return Arrays.stream(run.out().split("\n")).map(line -> line.split(",")).toList();
    }

    private static double number(List<String[]> rows, int row, int column) {
        return Double.parseDouble(rows.get(row)[column]);
    }

    @Test
    void whatIsReadIsNotOverwritten() throws IOException {
        Path table = Files.writeString(folder.resolve("points.csv"), "logit,target\n1,0\n");

        Run run = Run.of("compute", "focal", "--input", table, "--output", table);

        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("name another file, so that it is not overwritten");
        assertThat(table).hasContent("logit,target\n1,0\n");
    }
}
