package dev.parfocal.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;

/**
 * Standard error behind the launcher's filter.
 *
 * <p>Java prints a warning about the incubating vector module before any class of ours runs. The launcher filters that
 * from descriptor 2 and keeps the real standard error as another descriptor, whose number it passes as the property
 * {@code parfocal.stderr}. Messages go there directly, so that they are in order and complete when the program ends.
 */
final class ErrorStream {

    private ErrorStream() {}

    /** Points {@link System#err} at the real standard error, if the launcher filters descriptor 2. */
    static void restore() {
        Integer number = Integer.getInteger("parfocal.stderr");
        if (number == null) {
            return;
        }
        try {
            FileDescriptor descriptor = new FileDescriptor();
            Field field = FileDescriptor.class.getDeclaredField("fd");
            field.setAccessible(true);
            field.setInt(descriptor, number);
            System.setErr(new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8));
        } catch (ReflectiveOperationException | RuntimeException e) {
            System.err.println("parfocal: messages may come late: " + e);
        }
    }
}
