package dev.parfocal.studio;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * Who may ask: requests to this machine's own address, so that no name on the network leads here; from the page's own origin;
 * and with the token that only the printed address holds.
 */
final class Gate {

    static final String TOKEN_HEADER = "X-Parfocal-Token";
    private static final int BYTES = 24;

    private final String token;
    private final Set<String> hosts;

    private Gate(String token, int port) {
        this.token = token;
        hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    }

    static Gate of(int port) {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Gate(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), port);
    }

    String token() {
        return token;
    }

    /** Whether a request may see the page itself, which holds nothing of the user's. */
    boolean mayRead(Headers headers) {
        String host = headers.getFirst("Host");
        String origin = headers.getFirst("Origin");
        return host != null && hosts.contains(host) && (origin == null || isOwn(origin));
    }

    /** Whether a request may ask for answers. */
    boolean mayAsk(Headers headers) {
        String given = headers.getFirst(TOKEN_HEADER);
        return mayRead(headers)
                && given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isOwn(String origin) {
        return origin.startsWith("http://") && hosts.contains(origin.substring("http://".length()));
    }
}
