package dev.parfocal.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.studio.answer.GradientShares;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The studio over HTTP, as its page and as others would ask it. */
class StudioTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MINE = "loss mine(logit; target in [0, 1])\\np = sigmoid(logit)\\n(target - p)^2";

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Studio studio;

    @BeforeEach
    void start() {
        studio = Studio.start(Optional.of(folder.resolve("my.loss")), 0, "1.2.3");
    }

    @AfterEach
    void stop() {
        studio.close();
    }

    private URI at(String path) {
        return studio.address().resolve(path);
    }

    private HttpRequest.Builder question(String name, String body) {
        return HttpRequest.newBuilder(at("/api/" + name))
                .header("X-Parfocal-Token", studio.address().getFragment())
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode ask(String name, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = send(question(name, body));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/studio.css", "/studio.js", "/editor.js", "/plot.js", "/boxes.js", "/rows.js"})
    void servesThePage(String path) throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(at(path)));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().replace("http://www.w3.org/2000/svg", ""))
                .isNotEmpty()
                .doesNotContain("http://", "https://", "eval(", "innerHTML");
        assertThat(response.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'", "script-src 'self'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/../pom.xml", "/page/index.html", "/logits.json", "/api"})
    void servesNothingElse(String path) throws Exception {
        assertThat(send(HttpRequest.newBuilder(at(path))).statusCode()).isEqualTo(404);
    }

    @Test
    void answersOnlyWithTheToken() throws Exception {
        HttpRequest.Builder none =
                HttpRequest.newBuilder(at("/api/catalogue")).POST(HttpRequest.BodyPublishers.ofString("{}"));
        assertThat(send(none).statusCode()).isEqualTo(403);
        assertThat(send(none.header("X-Parfocal-Token", "wrong")).statusCode()).isEqualTo(403);
    }

    @Test
    void answersOnlyToItsOwnOrigin() throws Exception {
        assertThat(send(question("catalogue", "{}").header("Origin", "http://elsewhere.example"))
                        .statusCode())
                .isEqualTo(403);
        String own = "http://127.0.0.1:" + studio.address().getPort();
        assertThat(send(question("catalogue", "{}").header("Origin", own)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersOnlyUnderItsOwnName() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", studio.address().getPort())) {
            String request = "GET / HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void limitsWhatItReads() throws Exception {
        assertThat(send(question("describe", "{\"text\": \"" + "x".repeat(1 << 18) + "\"}"))
                        .statusCode())
                .isEqualTo(413);
        assertThat(send(question("nothing", "{}")).statusCode()).isEqualTo(404);
        assertThat(send(HttpRequest.newBuilder(at("/api/catalogue"))
                                .header("X-Parfocal-Token", studio.address().getFragment()))
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void anErrorHasItsPlace() throws Exception {
        JsonNode answer = ask("describe", "{\"text\": \"loss mine(logit; target in [0, 1])\\nsigmoid(logits)\"}");
        assertThat(answer.path("error").asString()).contains("did you mean 'logit'?");
        assertThat(answer.path("line").asInt()).isEqualTo(2);
        assertThat(answer.path("column").asInt()).isEqualTo(9);
    }

    @Test
    void describesALoss() throws Exception {
        JsonNode answer = ask("describe", "{\"name\": \"focal\", \"set\": {\"gamma\": 1.5}}");
        assertThat(answer.path("kind").asString()).isEqualTo("pointwise");
        assertThat(answer.path("parameters").path(1).path("value").asDouble()).isEqualTo(1.5);
        assertThat(answer.path("stable").toString()).contains("softplus");
        assertThat(answer.path("gradient").toString()).contains("d/d logit");
        assertThat(ask("catalogue", "{}").size()).isGreaterThanOrEqualTo(48);
    }

    @Test
    void drawsCurves() throws Exception {
        JsonNode answer = ask(
                "curves",
                "{\"losses\": [{\"text\": \"" + MINE
                        + "\"}, {\"name\": \"bce\"}], \"from\": -2, \"to\": 2, \"points\": 3, \"target\": 1}");
        assertThat(answer.path(0).path("values").path(1).asDouble()).isCloseTo(.25, within(1e-12));
        assertThat(answer.path(1).path("values").path(1).asDouble()).isCloseTo(Math.log(2), within(1e-12));
        assertThat(answer.path(1).path("gradients").path(1).asDouble()).isCloseTo(-.5, within(1e-12));
    }

    @Test
    void showsWhereGradientComesFrom() throws Exception {
        JsonNode logits = ask("logits", "{}");
        assertThat(logits.path("negatives").size())
                .isEqualTo(logits.path("positives").size());
        JsonNode shares = ask("shares", "{\"losses\": [{\"name\": \"bce\"}, {\"name\": \"focal\"}]}");
        double bce = shares.path(0).path("easyNegativeShare").asDouble();
        double focal = shares.path(1).path("easyNegativeShare").asDouble();
        assertThat(focal).isLessThan(bce);
    }

    @Test
    void descentLeadsBoxesTogether() throws Exception {
        JsonNode paths = ask(
                "boxes",
                "{\"losses\": [{\"name\": \"giou\"}, {\"name\": \"iou\"}], \"predicted\": [0, 0, 10, 10], \"target\": [30, 5, 50, 20]}");
        assertThat(paths.path(0).path("values").path(200).asDouble())
                .isLessThan(.25 * paths.path(0).path("value").asDouble());
        assertThat(paths.path(1).path("values").path(200).asDouble())
                .as("without overlap there is no gradient")
                .isEqualTo(paths.path(1).path("value").asDouble());
    }

    @Test
    void showsRows() throws Exception {
        JsonNode row = ask(
                "row",
                "{\"loss\": {\"name\": \"distribution_focal\", \"set\": {\"bins\": 3}}, \"logits\": [0, 0, 0], \"target\": 1.5}");
        assertThat(row.path("value").asDouble()).isCloseTo(Math.log(3), within(1e-12));
        assertThat(row.path("gradient").path(0).asDouble()).isCloseTo(1 / 3., within(1e-12));
        assertThat(row.path("mean").asDouble()).isCloseTo(1, within(1e-12));
    }

    @Test
    void checksAndExports() throws Exception {
        assertThat(ask("check", "{\"name\": \"bce\"}").path("passed").asBoolean())
                .isTrue();
        JsonNode export = ask("export", "{\"loss\": {\"name\": \"bce\"}, \"target\": \"c\"}");
        assertThat(export.path("file").asString()).isEqualTo("bce.h");
        assertThat(export.path("text").asString()).contains("exported by Parfocal 1.2.3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "export | {\"loss\": {\"name\": \"bce\"}, \"target\": \"rust\"} | pytorch, c or cuda",
                "export | {\"loss\": {\"name\": \"slide\"}, \"target\": \"cuda\"} | cannot hold 'mean'",
                "describe | {\"name\": \"focall\"} | did you mean 'focal'?",
                "describe | {\"name\": \"focal\", \"set\": {\"gamma\": 9}} | outside its range",
                "describe | {\"name\": | not understood",
                "describe | {\"what\": 1} | not understood",
                "curves | {\"losses\": [{\"name\": \"giou\"}], \"from\": 0, \"to\": 1, \"points\": 3, \"target\": 1} | no loss of one logit",
                "curves | {\"losses\": [], \"from\": 0, \"to\": 1, \"points\": 100000, \"target\": 1} | 2000 points at most",
                "curves | {\"losses\": [], \"from\": 1, \"to\": 0, \"points\": 3, \"target\": 1} | from a lower to a higher",
                "boxes | {\"losses\": [{\"name\": \"bce\"}], \"predicted\": [0, 0, 1, 1], \"target\": [0, 0, 1, 1]} | no loss of two boxes",
                "boxes | {\"losses\": [], \"predicted\": [0], \"target\": [0, 0, 1, 1]} | four coordinates",
                "row | {\"loss\": {\"name\": \"bce\"}, \"logits\": [0], \"target\": 1} | no loss of rows",
                "row | {\"loss\": {\"name\": \"distribution_focal\"}, \"logits\": [0], \"target\": 1} | reads rows of 17",
                "describe | {\"name\": \"softmax_focal\", \"set\": {\"classes\": 4096}} | rows of 64 numbers at most",
            })
    void aBadRequestIsAnsweredInOneLine(String name, String body, String message) throws Exception {
        assertThat(ask(name, body).path("error").asString()).contains(message);
    }

    @Test
    void savesItsFileAndTellsOfAnotherTab() throws Exception {
        assertThat(ask("file", "{}").path("text").isNull()).isTrue();
        ask("save", "{\"text\": \"" + MINE + "\", \"before\": null}");
        assertThat(Files.readString(folder.resolve("my.loss"))).startsWith("loss mine");

        JsonNode late = ask("save", "{\"text\": \"" + MINE + "\\n\", \"before\": null}");
        assertThat(late.path("error").asString()).contains("has changed since this page read it");
        JsonNode wrong = ask("save", "{\"text\": \"no loss\", \"before\": \"" + MINE + "\"}");
        assertThat(wrong.path("line").asInt()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("my.loss"))).endsWith("(target - p)^2");
    }

    /** A given row has its bump at the target; a loss for rows of any length takes the row's. */
    @Test
    void laysLossesOfRowsOverEachOther() throws Exception {
        JsonNode bars = ask(
                "rows",
                "{\"losses\": [{\"name\": \"distribution_focal\"}, {\"name\": \"ld\"}], \"logits\": [0, 2, 1],"
                        + " \"target\": 1}");
        assertThat(bars.size()).isEqualTo(2);
        assertThat(bars.path(0).path("gradient").path(1).asDouble()).isNegative();
        assertThat(bars.path(1).path("name").asString()).isEqualTo("ld");
        assertThat(bars.path(1).path("gradient").path(2).asDouble()).isPositive();
        assertThat(ask("rows", "{\"losses\": [{\"name\": \"focal\"}], \"logits\": [0, 2, 1], \"target\": 1}")
                        .path("error")
                        .asString())
                .contains("takes no rows");
    }

    @Test
    void countsOnLogitsThatItIsGiven() throws Exception {
        studio.close();
        GradientShares.Logits own =
                new GradientShares.Logits("of a run", -1, 1, new long[] {0, 1}, new double[] {0, 1}, new long[] {3, 0});
        studio = Studio.start(Optional.empty(), Optional.of(own), 0, "1.2.3");
        assertThat(ask("logits", "{}").path("source").asString()).isEqualTo("of a run");
        JsonNode shares = ask("shares", "{\"losses\": [{\"name\": \"bce\"}]}");
        assertThat(shares.path(0).path("positiveShare").asDouble()).isCloseTo(1 / 4.0, within(1e-9));
    }

    @Test
    void aTakenPortIsNamed() {
        int port = studio.address().getPort();
        assertThatThrownBy(() -> Studio.start(Optional.empty(), port, "1"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith("cannot listen on port " + port)
                .hasMessageEndingWith("name another by --port");
    }
}
