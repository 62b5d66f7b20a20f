package dev.parfocal.cli.compare;

import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.RunConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The trainings of a comparison: every loss with every seed.
 *
 * @param places seed by seed, so that what is finished can be compared early
 */
public record Grid(List<Candidate> candidates, List<Place> places) {

    /** A training and what it is of. */
    public record Place(Candidate candidate, long seed, Cell cell) {

        /** What it is, for people. */
        public String words() {
            return candidate.name() + ", seed " + seed;
        }
    }

    public Grid {
        candidates = List.copyOf(candidates);
        places = List.copyOf(places);
    }

    /**
     * Lays it out in a folder.
     *
     * @param base the configuration of all trainings, but for loss and seed
     * @throws dev.parfocal.core.ParfocalException if one of them is finished there, but with another configuration
     */
    public static Grid of(Path folder, List<Candidate> candidates, List<Long> seeds, Configuration<RunConfig> base) {
        Path runs = folder.resolve("runs");
        for (Candidate candidate : candidates) {
            candidate.write(runs.resolve(candidate.folder()));
        }
        List<Place> places = new ArrayList<>();
        for (long seed : seeds) {
            for (Candidate candidate : candidates) {
                Path run = runs.resolve(candidate.folder()).resolve("seed-" + seed);
                Cell cell = new Cell(run, candidate.config(base, seed));
                cell.isFinished();
                places.add(new Place(candidate, seed, cell));
            }
        }
        return new Grid(candidates, places);
    }

    /** The scores of the losses of which all trainings are finished. */
    public List<Entry> entries(Parts parts) {
        return candidates.stream()
                .filter(this::isFinished)
                .map(candidate -> new Entry(
                        candidate,
                        places.stream()
                                .filter(place -> place.candidate().equals(candidate))
                                .map(place -> Scores.of(place.cell(), parts))
                                .toList()))
                .toList();
    }

    private boolean isFinished(Candidate candidate) {
        return places.stream()
                .filter(place -> place.candidate().equals(candidate))
                .allMatch(place -> place.cell().isFinished());
    }
}
