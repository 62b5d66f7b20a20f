package dev.parfocal.spark;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Spark application runs.
 *
 * @param nodes the masters, of which one leads, as {@code host:port}; none for Spark within this program
 */
record Master(String url, List<String> nodes) {
    private static final Pattern LOCAL =
            Pattern.compile("local(\\[(\\*|[1-9]\\d{0,3})(,[1-9]\\d{0,2})?])?|local-cluster\\[\\d+,\\d+,\\d+]");
    private static final Pattern NODE = Pattern.compile("([\\w.-]+|\\[[0-9a-fA-F:]+]):(\\d{1,5})");
    private static final String SCHEME = "spark://";
    private static final int LAST_PORT = 65_535;
    private static final int PATIENCE_MILLIS = 5_000;

    /**
     * Reads it.
     *
     * @throws ParfocalException if it is none
     */
    static Master parse(String text) {
        if (LOCAL.matcher(text).matches()) {
            return new Master(text, List.of());
        }
        List<String> nodes = text.startsWith(SCHEME)
                ? Arrays.asList(text.substring(SCHEME.length()).split(",", -1))
                : List.of();
        if (nodes.isEmpty() || !nodes.stream().allMatch(Master::isNode)) {
            throw new ParfocalException("--on " + text + ": a place of Spark is spark://HOST:PORT, as"
                    + " spark://master:7077, or local[N], as local[2]");
        }
        return new Master(text, nodes);
    }

    private static boolean isNode(String text) {
        Matcher matcher = NODE.matcher(text);
        return matcher.matches() && Integer.parseInt(matcher.group(2)) <= LAST_PORT;
    }

    /** Whether executors live in this program. */
    boolean isHere() {
        return url.startsWith("local") && !url.startsWith("local-cluster");
    }

    /**
     * Knocks at its doors.
     *
     * @throws ParfocalException if nobody opens
     */
    void check() {
        String silence = "";
        for (String node : nodes) {
            silence = silence(node);
            if (silence.isEmpty()) {
                return;
            }
        }
        if (!silence.isEmpty()) {
            throw new ParfocalException("--on " + url + ": no Spark master answers (" + silence
                    + "): is it running, and is this its port for applications, usually 7077?");
        }
    }

    private static String silence(String node) {
        int colon = node.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(node.substring(0, colon), Integer.parseInt(node.substring(colon + 1))),
                    PATIENCE_MILLIS);
            return "";
        } catch (UnknownHostException e) {
            return "unknown host";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
