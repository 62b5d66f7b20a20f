package dev.parfocal.bench;

import java.util.List;

/** Another engine's way with the same inputs. */
public interface Rivals {

    /** The engine and its version. */
    String engine();

    /** Its contestants in a case. */
    List<Contestant> contestants(Case subject, Inputs inputs);
}
