package dev.parfocal.detection.file;

import dev.parfocal.core.ParfocalException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of a small XML file, with the line it begins on. Document types and external entities are not read, so that
 * a file can neither reach other files nor blow up.
 */
public record Xml(Path file, String name, int line, String text, List<Xml> children) {

    private static final int MAX_DEPTH = 50;

    /** @throws ParfocalException when the file is not well-formed */
    public static Xml read(Path file) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream input = new BufferedInputStream(Files.newInputStream(file))) {
            XMLStreamReader reader = factory.createXMLStreamReader(input);
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                // What precedes the root says nothing.
            }
            Xml root = element(file, reader, 0);
            while (reader.hasNext()) {
                reader.next();
            }
            return root;
        } catch (XMLStreamException e) {
            throw malformed(file, e);
        } catch (IOException e) {
            throw FileErrors.unreadable(file, e);
        }
    }

    private static ParfocalException malformed(Path file, XMLStreamException e) {
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
        StringBuilder text = new StringBuilder();
        List<Xml> children = new ArrayList<>();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(element(file, reader, depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    return new Xml(file, name, line, text.toString().strip(), children);
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

    public double number() {
        try {
            return TextFile.number(text);
        } catch (NumberFormatException e) {
            throw error("<" + name + "> must be a number, not '" + text + "'");
        }
    }

    public ParfocalException error(String message) {
        return new ParfocalException(file + ": line " + line + ": " + message);
    }
}
