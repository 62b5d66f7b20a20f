package dev.parfocal.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** One run of the program in this JVM: its exit code, and what it printed. */
public record Run(int code, String out, String err) {

    public static Run of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        int code = Main.program(new PrintWriter(out, true), new PrintWriter(err, true), words)
                .execute(words);
        return new Run(code, out.toString().replace("\r", ""), err.toString().replace("\r", ""));
    }
}
