package dev.parfocal.cli.report;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium with one page, driven over its DevTools protocol. */
final class Browser implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PATIENCE = 120;

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final List<String> complaints = new ArrayList<>();
    private int calls;

    private Browser(Process process, String port) throws IOException, InterruptedException {
        this.process = process;
        HttpClient client = HttpClient.newHttpClient();
        URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
        String pages = client.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        String page = JSON.readTree(pages).path(0).path("webSocketDebuggerUrl").asString();
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(page), new Ear(messages))
                .join();
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
    }

    /** Starts a program with a profile of its own. */
    static Browser start(String program, Path profile) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        program,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolveSibling("browser.log").toFile())
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        for (int i = 0; i < 10 * PATIENCE && !(Files.exists(port) && Files.size(port) > 0); i++) {
            if (!process.isAlive()) {
                throw new IOException(program + " ended: " + Files.readString(profile.resolveSibling("browser.log")));
            }
            Thread.sleep(100);
        }
        return new Browser(process, Files.readAllLines(port).get(0));
    }

    /** Puts the pieces of each message together. */
    private static final class Ear implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> messages;
        private final StringBuilder text = new StringBuilder();

        Ear(BlockingQueue<JsonNode> messages) {
            this.messages = messages;
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(JSON.readTree(text.toString()));
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }
    }

    private JsonNode call(String method, Map<String, ?> parameters) throws InterruptedException {
        int id = ++calls;
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .join();
        JsonNode answer = await(message -> message.path("id").asInt(-1) == id);
        if (answer.has("error")) {
            throw new IllegalStateException(method + ": " + answer.path("error"));
        }
        return answer.path("result");
    }

    /** The first message that is asked for; complaints on the way are kept. */
    private JsonNode await(Predicate<JsonNode> wanted) throws InterruptedException {
        while (true) {
            JsonNode message = messages.poll(PATIENCE, TimeUnit.SECONDS);
            if (message == null) {
                throw new IllegalStateException("the browser does not answer");
            }
            String method = message.path("method").asString("");
            if (method.equals("Runtime.exceptionThrown")
                    || method.equals("Runtime.consoleAPICalled")
                    || method.equals("Log.entryAdded")) {
                complaints.add(message.path("params").toString());
            }
            if (wanted.test(message)) {
                return message;
            }
        }
    }

    /** How the page is looked at. */
    void look(int width, String media, String theme) throws InterruptedException {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("media", media, "features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    /** Loads a page. */
    void open(Path page) throws InterruptedException {
        complaints.clear();
        call("Page.navigate", Map.of("url", page.toUri().toString()));
        await(message -> message.path("method").asString("").equals("Page.loadEventFired"));
    }

    /** The value of an expression. */
    JsonNode evaluate(String expression) throws InterruptedException {
        return call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true))
                .path("result")
                .path("value");
    }

    /** What the console said since the page was opened. */
    List<String> complaints() throws InterruptedException {
        evaluate("0");
        return List.copyOf(complaints);
    }

    /** Takes a picture of the page from a height on. */
    void photograph(Path png, int width, int from, int height) throws IOException, InterruptedException {
        JsonNode shot = call(
                "Page.captureScreenshot",
                Map.of(
                        "format",
                        "png",
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of("x", 0, "y", from, "width", width, "height", height, "scale", 1)));
        Files.write(png, Base64.getDecoder().decode(shot.path("data").asString()));
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        try {
            process.waitFor(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
