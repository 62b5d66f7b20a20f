package dev.parfocal.studio;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.export.Target;
import dev.parfocal.core.language.FormulaException;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.studio.answer.BoxDescent;
import dev.parfocal.studio.answer.Choice;
import dev.parfocal.studio.answer.Curves;
import dev.parfocal.studio.answer.Described;
import dev.parfocal.studio.answer.GradientShares;
import dev.parfocal.studio.answer.RowBars;
import dev.parfocal.studio.answer.SavedLoss;
import dev.parfocal.studio.answer.Verdict;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The table of what may be asked, by name: a request in JSON, an answer in JSON. */
final class Answers {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private record Answer<T>(Class<T> request, Function<T, Object> function) {
        Object of(byte[] body) {
            return function.apply(JSON.readValue(body, request));
        }
    }

    /** A request without content. */
    private record Nothing() {}

    /** A request for a loss as text of another language. */
    private record Exported(Choice loss, String target) {}

    /** A request for some losses. */
    private record Losses(List<Choice> losses) {}

    private final Map<String, Answer<?>> table = new HashMap<>();

    Answers(Optional<SavedLoss> file, Optional<GradientShares.Logits> own, String version) {
        GradientShares.Logits logits = own.orElseGet(Answers::logits);
        put("catalogue", Nothing.class, request -> Described.catalogue());
        put("describe", Choice.class, Described::of);
        put("curves", Curves.Request.class, Curves::of);
        put("logits", Nothing.class, request -> logits);
        put("shares", Losses.class, request -> GradientShares.of(request.losses(), logits));
        put("boxes", BoxDescent.Request.class, BoxDescent::of);
        put("row", RowBars.Request.class, RowBars::of);
        put("rows", RowBars.Several.class, RowBars::of);
        put("check", Choice.class, Verdict::of);
        put("export", Exported.class, request -> exported(request, version));
        put(
                "file",
                Nothing.class,
                request -> file.map(SavedLoss::read).map(Object.class::cast).orElse(Map.of()));
        put(
                "save",
                SavedLoss.Request.class,
                request -> file.orElseThrow(() -> new ParfocalException(
                                "this studio was started without a file: copy the text, or start it with one"))
                        .write(request));
    }

    private <T> void put(String name, Class<T> request, Function<T, Object> function) {
        table.put(name, new Answer<>(request, function));
    }

    boolean has(String name) {
        return table.containsKey(name);
    }

    /** The answer; of a request that cannot be met one with {@code error}, and with line and column in a text. */
    byte[] answer(String name, byte[] body) {
        return JSON.writeValueAsBytes(result(name, body));
    }

    private Object result(String name, byte[] body) {
        try {
            return Objects.requireNonNull(table.get(name)).of(body);
        } catch (FormulaException e) {
            return Map.of("error", e.getMessage(), "line", e.line(), "column", e.column());
        } catch (ParfocalException e) {
            return Map.of("error", e.getMessage());
        } catch (JacksonException | NullPointerException e) {
            return Map.of("error", "this request is not understood");
        }
    }

    private static Object exported(Exported request, String version) {
        Target target = Stream.of(Target.values())
                .filter(each -> each.word().equals(request.target()))
                .findFirst()
                .orElseThrow(() -> new ParfocalException("a loss is exported to pytorch, c or cuda"));
        Loss loss = request.loss().loss();
        return Map.of("file", loss.name() + target.suffix(), "text", target.text(loss, version));
    }

    private static GradientShares.Logits logits() {
        InputStream in = Objects.requireNonNull(Answers.class.getResourceAsStream("logits.json"));
        return JSON.readValue(in, GradientShares.Logits.class);
    }
}
