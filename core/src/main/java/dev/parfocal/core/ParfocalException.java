package dev.parfocal.core;

/**
 * A mistake in what Parfocal was given: a formula, a file, an option, a tensor's shape.
 *
 * <p>The message says what is wrong, where, and what to do about it, in one line where possible: the command line prints
 * it as it is, without a stack trace, and ends with exit code 2. Mistakes in Parfocal itself are other exceptions.
 */
public class ParfocalException extends RuntimeException {

    public ParfocalException(String message) {
        super(message);
    }

    public ParfocalException(String message, Throwable cause) {
        super(message, cause);
    }
}
