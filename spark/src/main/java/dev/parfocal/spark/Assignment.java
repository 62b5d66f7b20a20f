package dev.parfocal.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What a task is given.
 *
 * @param desk whom in the driver to talk to
 * @param job what to tell the trial's process
 * @param log the file that takes its standard error
 * @param environment of the process, beside the executor's own
 */
record Assignment(
        String desk, int trial, String job, String log, Launch launch, Shared shared, Map<String, String> environment)
        implements Serializable {

    /**
     * A program, as {@link dev.parfocal.tune.run.Program} says.
     *
     * @param folder to start it in, where there is one of that name
     */
    record Launch(List<String> options, List<String> classPath, String main, List<String> words, String folder)
            implements Serializable {}
}
