package dev.parfocal.tune.study;

import dev.parfocal.core.ParfocalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The state of a study: what its events add up to. */
final class Ledger {
    static final int VERSION = 1;

    private final Definition definition;
    private final List<Trial> trials = new ArrayList<>();
    private boolean started;
    private int workers;
    private int ended;

    Ledger(Definition definition) {
        this.definition = definition;
    }

    boolean started() {
        return started;
    }

    /** How many have taken part so far. */
    int workers() {
        return workers;
    }

    List<Trial> trials() {
        return trials;
    }

    History history() {
        return new History(definition.space(), definition.metrics(), trials);
    }

    /** A trial by its number. */
    Trial trial(int number) {
        if (number < 0 || number >= trials.size()) {
            throw new ParfocalException("the study has no trial " + number + ", only " + trials.size());
        }
        return trials.get(number);
    }

    void apply(Event event) {
        if (event instanceof Event.Started start) {
            check(start);
        } else if (event instanceof Event.Joined) {
            workers++;
        } else if (event instanceof Event.Asked asked) {
            trials.add(Trial.asked(
                    trials.size(), definition.space().parsed(asked.point()), asked.notes(), asked.worker()));
        } else if (event instanceof Event.Adopted adopted) {
            trials.set(adopted.trial(), trial(adopted.trial()).adopted(adopted.worker()));
        } else if (event instanceof Event.Reported report) {
            trials.set(report.trial(), trial(report.trial()).reported(report.step(), report.value()));
        } else if (event instanceof Event.Told told) {
            end(told.trial(), State.COMPLETE, told.metrics(), told.seconds(), "");
        } else if (event instanceof Event.Pruned pruned) {
            end(pruned.trial(), State.PRUNED, Map.of(), pruned.seconds(), "");
        } else if (event instanceof Event.Failed failed) {
            end(failed.trial(), State.FAILED, Map.of(), failed.seconds(), failed.reason());
        }
    }

    private void end(int number, State how, Map<String, Double> metrics, double seconds, String reason) {
        trials.set(number, trial(number).ended(how, metrics, seconds, ended++, reason));
    }

    private void check(Event.Started start) {
        started = true;
        if (start.version() != VERSION) {
            throw new ParfocalException("the study was written by another version of Parfocal (format "
                    + start.version() + ", not " + VERSION + "): use that one, or choose another folder");
        }
        Map<String, String> wanted = definition.described();
        Map<String, String> found = start.definition();
        if (!found.equals(wanted)) {
            String key = Stream.concat(wanted.keySet().stream(), found.keySet().stream())
                    .filter(each -> !String.valueOf(found.get(each)).equals(String.valueOf(wanted.get(each))))
                    .findFirst()
                    .orElse("");
            throw new ParfocalException("the study here is another one (its " + key + " is " + found.get(key) + ", not "
                    + wanted.get(key) + "): go on with the same, or choose another folder");
        }
    }
}
