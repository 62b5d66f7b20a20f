package dev.parfocal.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Standard output that remembers when it could not be written to: {@code PrintStream} would lose a result in silence. */
final class StandardOutput extends OutputStream {

    private final OutputStream stream;
    private @Nullable IOException failure;

    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(OutputStream stream) {
        this.stream = new BufferedOutputStream(stream);
    }

    /** What could not be written and why; empty if all went well, or if the reader wanted no more ({@code | head}). */
    String failure() {
        String reason = failure == null ? "" : String.valueOf(failure.getMessage());
        return reason.contains("Broken pipe") ? "" : reason;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            stream.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            stream.flush();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
