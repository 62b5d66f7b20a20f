package dev.parfocal.core.catalogue;

import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Parameter;
import dev.parfocal.core.loss.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A value and a gradient recorded from a source that shares nothing with Parfocal.
 *
 * @param loss with the parameters of the record
 * @param origin the source: torch, torchvision, paper, mpmath
 */
record Golden(String origin, Loss loss, double[] predicted, double[] given, double value, double[] gradient) {

    /** The records of a loss: columns are origin, parameters, predicted inputs, given inputs, value, gradients. */
    static List<Golden> of(String name) {
        Loss loss = Catalogue.get(name);
        List<String> lines = lines("/golden/" + name + ".csv");
        List<String> header = List.of(lines.get(0).split(","));
        return lines.stream()
                .skip(1)
                .map(line -> read(loss, header, line.split(",")))
                .toList();
    }

    private static Golden read(Loss loss, List<String> header, String[] cells) {
        Loss set = loss;
        int at = 1;
        while (isSet(loss, header.get(at))) {
            set = set.with(header.get(at), Double.parseDouble(cells[at]));
            at++;
        }
        int given = set.given().size();
        int predicted = (cells.length - at - given - 1) / 2;
        double[] numbers = Arrays.stream(cells, at, cells.length)
                .mapToDouble(Double::parseDouble)
                .toArray();
        return new Golden(
                cells[0],
                set,
                Arrays.copyOf(numbers, predicted),
                Arrays.copyOfRange(numbers, predicted, predicted + given),
                numbers[predicted + given],
                Arrays.copyOfRange(numbers, predicted + given + 1, numbers.length));
    }

    private static boolean isSet(Loss loss, String name) {
        return Stream.concat(
                        loss.parameters().stream().map(Parameter::name),
                        loss.states().stream().map(State::name))
                .anyMatch(name::equals);
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream(resource), resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new ArrayList<>(
                    text.lines().filter(line -> !line.startsWith("#")).toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return loss + " at " + Arrays.toString(predicted) + "; " + Arrays.toString(given) + " (" + origin + ")";
    }
}
