package dev.parfocal.tune.study;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events in a file, one JSON object per line, which several programs may share. Lines are only ever added. A line without
 * its end was being written when its program died; the next writer cuts it off.
 */
final class Journal implements EventLog {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final Regions locks;
    private final List<Integer> workers = new ArrayList<>();
    /** How much of the file is read. */
    private long read;

    private int lines;

    private Journal(Path file, Regions locks) {
        this.file = file;
        this.locks = locks;
    }

    /** The journal of a file, made with its folder if need be; a file beside it holds the locks. */
    static Journal open(Path file) {
        try {
            Path whole = file.toAbsolutePath();
            Files.createDirectories(whole.getParent());
            if (!Files.exists(whole)) {
                Files.write(whole, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            return new Journal(file, Regions.open(whole.resolveSibling(whole.getFileName() + ".lock")));
        } catch (FileAlreadyExistsException e) {
            throw new ParfocalException("cannot open the journal " + file + " (" + e.getFile()
                    + " is a file, not a folder): choose another folder");
        } catch (IOException e) {
            throw new ParfocalException("cannot open the journal " + file + " (" + e + "): choose another folder");
        }
    }

    @Override
    public <T> T alone(Supplier<T> task) {
        try {
            FileLock lock = locks.lock();
            try {
                return task.get();
            } finally {
                locks.unlock(lock);
            }
        } catch (IOException e) {
            throw new ParfocalException("cannot lock the journal " + file + " (" + e + ")");
        }
    }

    @Override
    public List<Event> news() {
        byte[] bytes = rest();
        List<Event> events = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines++;
                events.add(event(new String(bytes, start, i - start, StandardCharsets.UTF_8)));
                start = i + 1;
            }
        }
        read += start;
        return events;
    }

    private byte[] rest() {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(Math.max(0, channel.size() - read)));
            while (buffer.hasRemaining() && channel.read(buffer, read + buffer.position()) >= 0) {
                continue;
            }
            return buffer.array();
        } catch (IOException e) {
            throw new ParfocalException("cannot read the journal " + file + " (" + e + ")");
        }
    }

    private Event event(String line) {
        try {
            return JSON.readValue(line, Event.class);
        } catch (JacksonException e) {
            throw new ParfocalException(file + ", line " + lines + ": not a line of a study's journal ("
                    + e.getOriginalMessage() + "): restore the file or choose another folder");
        }
    }

    @Override
    public void append(Event event) {
        byte[] line = (JSON.writeValueAsString(event) + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            try {
                channel.truncate(read);
                ByteBuffer buffer = ByteBuffer.wrap(line);
                while (buffer.hasRemaining()) {
                    channel.write(buffer, read + buffer.position());
                }
                channel.force(false);
            } catch (IOException e) {
                channel.truncate(read);
                throw e;
            }
        } catch (IOException e) {
            throw new ParfocalException("cannot write the journal " + file + " (" + e.getMessage()
                    + "): make room and start again; what it has is kept");
        }
        read += line.length;
        lines++;
    }

    @Override
    public void join(int worker) {
        try {
            if (!locks.take(1L + worker)) {
                throw new IllegalStateException("worker " + worker + " of " + file + " exists already");
            }
            workers.add(worker);
        } catch (IOException e) {
            throw new ParfocalException("cannot lock the journal " + file + " (" + e + ")");
        }
    }

    @Override
    public boolean lives(int worker) {
        try {
            return locks.isTaken(1L + worker);
        } catch (IOException e) {
            throw new ParfocalException("cannot lock the journal " + file + " (" + e + ")");
        }
    }

    @Override
    public void close() {
        try {
            for (int worker : workers) {
                locks.free(1L + worker);
            }
            locks.close();
        } catch (IOException e) {
            throw new ParfocalException("cannot close the journal " + file + " (" + e + ")");
        }
    }
}
