package dev.parfocal.cli.command;

/** What the program tells its caller when it ends. */
public final class ExitCode {

    public static final int OK = 0;
    /** The work was done and the answer is no: {@code check} found a fault in a loss. */
    public static final int NEGATIVE = 1;
    /** Something in what the user gave is wrong; one line on standard error says what. */
    public static final int BAD_INPUT = 2;
    /** Parfocal itself or its surroundings failed: a defect, no memory, a build that does not work. */
    public static final int INTERNAL = 3;
    /** Stopped from outside, by Ctrl-C say. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
