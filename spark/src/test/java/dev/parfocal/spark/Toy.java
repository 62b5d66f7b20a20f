package dev.parfocal.spark;

import dev.parfocal.tune.run.Job;
import dev.parfocal.tune.run.Objective;
import dev.parfocal.tune.run.Outcome;
import dev.parfocal.tune.run.Program;
import dev.parfocal.tune.run.TrialProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A program that does one trial of a toy; its first word says how, its second names the study's folder. */
final class Toy {

    private Toy() {}

    /** How trials behave. */
    enum Manner implements Objective {
        /** Reports its value at three steps. */
        CLIMBS {
            @Override
            public Outcome run(Job job, Progress progress) {
                double value = value(job);
                for (int step = 1; step <= 4; step *= 2) {
                    if (!progress.goesOn(step, value)) {
                        return Outcome.pruned();
                    }
                }
                return Outcome.done(Map.of("AP", value));
            }
        },
        /** Trial 0 throws, trial 1 dies. */
        FAILS {
            @Override
            public Outcome run(Job job, Progress progress) {
                if (job.trial() == 0) {
                    throw new IllegalArgumentException("zero");
                }
                if (job.trial() == 1) {
                    System.err.println("last words");
                    Runtime.getRuntime().halt(7);
                }
                return CLIMBS.run(job, progress);
            }
        },
        /** Tells what it has to compute with. */
        COUNTS {
            @Override
            public Outcome run(Job job, Progress progress) {
                return Outcome.done(Map.of(
                        "AP",
                        (double) Runtime.getRuntime().availableProcessors(),
                        "omp",
                        number("OMP_NUM_THREADS"),
                        "card",
                        number("CUDA_VISIBLE_DEVICES")));
            }

            private static double number(String variable) {
                String text = System.getenv(variable);
                return text == null ? -1 : Double.parseDouble(text);
            }
        },
        /** Is done at the second attempt; the first one, at a process that was stopped from outside, reports and gives up. */
        STUMBLES {
            @Override
            public Outcome run(Job job, Progress progress) {
                progress.goesOn(1, 0.5);
                return first(job) ? Outcome.stopped() : Outcome.done(Map.of("AP", value(job)));
            }
        },
        /** Is done at the second attempt; the first one tells who its executor is and waits for what may come. */
        WAITS {
            @Override
            public Outcome run(Job job, Progress progress) {
                if (!first(job)) {
                    return Outcome.done(Map.of("AP", value(job)));
                }
                ProcessHandle executor = ProcessHandle.current().parent().orElseThrow();
                write(job, "executor", Long.toString(executor.pid()));
                try {
                    Thread.sleep(60_000);
                    return Outcome.failed("nobody came");
                } catch (InterruptedException e) {
                    write(job, "interrupted", "");
                    return Outcome.stopped();
                }
            }
        };

        /** A smooth function with its best value, 0, at 30. */
        private static double value(Job job) {
            return -Math.pow(Double.parseDouble(job.settings().get("x")) - 30, 2);
        }

        private static boolean first(Job job) {
            try {
                return file(job, "first").toFile().createNewFile();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void write(Job job, String what, String text) {
            try {
                Files.writeString(file(job, what + ".new"), text);
                Files.move(file(job, what + ".new"), file(job, what));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Path file(Job job, String what) {
        return Path.of(System.getProperty("toy.folder"), job.trial() + "." + what);
    }

    /** The command that starts it. */
    static Program program(Manner manner, Path folder) {
        return new Program(
                List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Dtoy.folder=" + folder),
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator)),
                Toy.class.getName(),
                List.of(manner.name()));
    }

    public static void main(String[] words) throws Exception {
        TrialProcess.serve(System.in, System.out, Manner.valueOf(words[0]));
    }
}
