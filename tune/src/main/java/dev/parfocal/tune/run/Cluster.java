package dev.parfocal.tune.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Machines on which trials run in programs of their own. Found by {@link java.util.ServiceLoader}. */
public interface Cluster {

    /** Whether a place is of this kind, as {@code spark://host:7077} is one of Spark. */
    boolean knows(String place);

    /**
     * How many threads a trial has unless somebody says otherwise.
     *
     * @param settings of the cluster's software, by its own names
     */
    int threads(Map<String, String> settings);

    /**
     * Checks quickly and without leaving anything behind whether it makes sense to go there.
     *
     * @throws dev.parfocal.core.ParfocalException if the place is not well written, or nobody answers
     */
    void check(String place);

    /**
     * Goes there.
     *
     * @throws dev.parfocal.core.ParfocalException if no trial can run there
     */
    Trials open(Request request);

    /**
     * What is to run where.
     *
     * @param folder of the study: trials write there, so all machines must see it; a trial's standard error goes to
     *     {@code trials/0007.log}
     * @param needs other files and folders that all machines must see
     * @param threads that a trial computes with
     * @param settings of the cluster's software, by its own names
     * @param say takes notices to the user, on any thread
     */
    record Request(
            String place,
            Program program,
            Path folder,
            List<Path> needs,
            int threads,
            TimeLimit limit,
            Map<String, String> settings,
            Consumer<String> say) {}
}
