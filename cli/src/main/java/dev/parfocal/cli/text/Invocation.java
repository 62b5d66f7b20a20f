package dev.parfocal.cli.text;

/** How the user called the program, for advice that can be copied. */
public final class Invocation {

    private Invocation() {}

    /** A command line that calls it again: {@code ./parfocal train --help}. */
    public static String of(String arguments) {
        String name = System.getProperty("parfocal.command", "parfocal");
        return (name.contains(" ") ? "'" + name + "'" : name) + " " + arguments;
    }
}
