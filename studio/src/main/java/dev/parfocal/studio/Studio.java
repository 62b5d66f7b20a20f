package dev.parfocal.studio;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.studio.answer.GradientShares;
import dev.parfocal.studio.answer.SavedLoss;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server for the page on which a loss is designed. It listens on 127.0.0.1 alone, answers to its own origin and token, reads
 * at most {@value #MOST_BYTES} bytes of a request, and runs nothing but formulas of the loss language.
 */
public final class Studio implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Studio.class);

    private static final int MOST_BYTES = 1 << 18;
    private static final int THREADS = 4;
    private static final String ANSWERS = "/api/";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final HttpServer server;
    private final ExecutorService threads;
    private final Gate gate;
    private final Answers answers;

    private Studio(HttpServer server, Answers answers) {
        this.server = server;
        this.answers = answers;
        gate = Gate.of(server.getAddress().getPort());
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "studio");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * Starts a server that counts gradients on the logits of the demo's detector.
     *
     * @param file the loss that the page opens and saves; it need not be there yet
     * @param port where it listens; 0 for any that is free
     * @param version which Parfocal it is, for exports
     * @throws ParfocalException if the port is taken
     */
    public static Studio start(Optional<Path> file, int port, String version) {
        return start(file, Optional.empty(), port, version);
    }

    /**
     * Starts a server.
     *
     * @param logits of a detector, to count gradients on; empty: the demo's
     */
    public static Studio start(Optional<Path> file, Optional<GradientShares.Logits> logits, int port, String version) {
        try {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
            Answers answers = new Answers(file.map(SavedLoss::new), logits, version);
            Studio studio = new Studio(HttpServer.create(address, 0), answers);
            studio.server.start();
            return studio;
        } catch (IOException e) {
            throw new ParfocalException(
                    "cannot listen on port " + port + ": " + e.getMessage() + "; name another by --port", e);
        }
    }

    /** The address of the page, with the token. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/#" + gate.token());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith(ANSWERS)) {
                answer(exchange, path.substring(ANSWERS.length()));
            } else {
                page(exchange, path);
            }
        } catch (RuntimeException e) {
            LOG.error("a request failed", e);
        }
    }

    private void page(HttpExchange exchange, String path) throws IOException {
        if (!gate.mayRead(exchange.getRequestHeaders())) {
            refuse(exchange, 403, "this page answers to its own address alone");
        } else if (!exchange.getRequestMethod().equals("GET")) {
            refuse(exchange, 405, "the page is read by GET");
        } else {
            Optional<Page.Asset> asset = Page.at(path);
            if (asset.isPresent()) {
                send(exchange, 200, asset.get().type(), asset.get().bytes());
            } else {
                refuse(exchange, 404, "there is no such file");
            }
        }
    }

    private void answer(HttpExchange exchange, String name) throws IOException {
        if (!gate.mayAsk(exchange.getRequestHeaders())) {
            refuse(exchange, 403, "the token is missing: open the address that 'parfocal studio' printed");
            return;
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            refuse(exchange, 405, "answers are asked for by POST");
            return;
        }
        if (!answers.has(name)) {
            refuse(exchange, 404, "there is no such answer");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            refuse(exchange, 413, "a request has " + MOST_BYTES + " bytes at most");
            return;
        }
        send(exchange, 200, "application/json", answers.answer(name, body));
    }

    private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        send(exchange, status, "text/plain; charset=utf-8", (why + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
