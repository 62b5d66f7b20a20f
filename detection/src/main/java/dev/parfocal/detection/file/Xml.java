package dev.parfocal.detection.file;

import dev.parfocal.core.ParfocalException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of an XML file, with the line it begins on. Document types and external entities are not read, so that a file
 * can neither reach other files nor blow up.
 */
public record Xml(Path file, String name, int line, String text, Map<String, String> attributes, List<Xml> children) {

    private static final int MAX_DEPTH = 50;

    /** The declaration stands within so many bytes. */
    private static final int HEAD = 200;

    private static final Pattern ENCODING = Pattern.compile("^\\s*<\\?xml[^>]*encoding\\s*=\\s*[\"']([^\"']*)[\"']");

    /** What is done with an open file that stands at its outermost element. */
    @FunctionalInterface
    private interface Use<T> {
        T of(XMLStreamReader reader) throws XMLStreamException;
    }

    /**
     * Reads a small file whole.
     *
     * @throws ParfocalException when the file is not well-formed
     */
    public static Xml read(Path file) {
        return open(file, reader -> {
            Xml root = element(file, reader, 0);
            while (reader.hasNext()) {
                reader.next();
            }
            return root;
        });
    }

    /**
     * Reads the elements right below the outermost one after another, so that one is in memory at a time.
     *
     * @throws ParfocalException when the file is not well-formed
     */
    public static void each(Path file, Consumer<Xml> use) {
        open(file, reader -> {
            for (int depth = 0; depth >= 0 && reader.hasNext(); ) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    use.accept(element(file, reader, 1));
                }
                depth -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
            }
            return file;
        });
    }

    /** The name of the outermost element; empty if the file is no XML. */
    public static Optional<String> root(Path file) {
        try {
            return Optional.of(open(file, XMLStreamReader::getLocalName));
        } catch (ParfocalException e) {
            return Optional.empty();
        }
    }

    private static <T> T open(Path file, Use<T> use) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream input = new BufferedInputStream(Files.newInputStream(file));
                Reader text = new InputStreamReader(input, charset(file, input).newDecoder())) {
            XMLStreamReader reader = factory.createXMLStreamReader(text);
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                // What precedes the root says nothing.
            }
            return use.of(reader);
        } catch (XMLStreamException e) {
            throw malformed(file, e);
        } catch (IOException e) {
            throw FileErrors.unreadable(file, e);
        }
    }

    /** What the byte order mark, which is passed over, or the declaration says; else UTF-8. */
    private static Charset charset(Path file, InputStream input) throws IOException {
        input.mark(HEAD);
        byte[] head = input.readNBytes(HEAD);
        input.reset();
        int first = head.length < 2 ? 0 : (head[0] & 0xFF) << 8 | head[1] & 0xFF;
        if (first == 0xFEFF || first == 0xFFFE) {
            return StandardCharsets.UTF_16;
        }
        if (first == 0xEFBB) {
            input.skipNBytes(3);
            return StandardCharsets.UTF_8;
        }
        Matcher declared = ENCODING.matcher(new String(head, StandardCharsets.ISO_8859_1));
        String name = declared.find() ? declared.group(1) : "UTF-8";
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new ParfocalException(file + ": there is no encoding '" + name + "'; save the file as UTF-8", e);
        }
    }

    private static ParfocalException malformed(Path file, XMLStreamException e) {
        if (e.getNestedException() instanceof CharacterCodingException) {
            return new ParfocalException(file + ": its bytes are no text in the encoding it has; save it as UTF-8", e);
        }
        Location location = e.getLocation();
        String where =
                location == null ? "" : ": line " + location.getLineNumber() + ", column " + location.getColumnNumber();
        String message = String.valueOf(e.getMessage());
        String reason = message.substring(message.lastIndexOf("Message: ") + 1).replaceFirst("^essage: ", "");
        return new ParfocalException(file + where + ": not well-formed XML: " + reason, e);
    }

    private static Xml element(Path file, XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > MAX_DEPTH) {
            throw new XMLStreamException("more than " + MAX_DEPTH + " elements in each other", reader.getLocation());
        }
        String name = reader.getLocalName();
        int line = reader.getLocation().getLineNumber();
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        StringBuilder text = new StringBuilder();
        List<Xml> children = new ArrayList<>();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(element(file, reader, depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    return new Xml(file, name, line, text.toString().strip(), attributes, children);
                }
                default -> {
                    // Comments and processing instructions say nothing.
                }
            }
        }
    }

    public List<Xml> all(String child) {
        return children.stream().filter(element -> element.name.equals(child)).toList();
    }

    public Optional<Xml> first(String child) {
        return all(child).stream().findFirst();
    }

    public Xml required(String child) {
        return first(child).orElseThrow(() -> error("no <" + child + "> in <" + name + ">"));
    }

    /** The text as a number. */
    public double number() {
        return number(text, "<" + name + ">");
    }

    /** An attribute as it is written. */
    public Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    public String requiredAttribute(String attribute) {
        return attribute(attribute).orElseThrow(() -> error("<" + name + "> has no " + attribute));
    }

    /** An attribute that must be a number. */
    public double number(String attribute) {
        return number(requiredAttribute(attribute), attribute + " of <" + name + ">");
    }

    private double number(String written, String what) {
        try {
            return TextFile.number(written.strip());
        } catch (NumberFormatException e) {
            throw error(what + " must be a number, not '" + written + "'");
        }
    }

    public ParfocalException error(String message) {
        return new ParfocalException(file + ": line " + line + ": " + message);
    }
}
