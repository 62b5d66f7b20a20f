package dev.parfocal.detection.truth;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A truth in which not every class was looked for in every image (Gupta, Dollár, Girshick: LVIS: A Dataset for Large Vocabulary
 * Instance Segmentation, CVPR 2019. arXiv 1908.03195).
 *
 * @param absent by image, in the order of their ids: the classes that were looked for and are not there
 * @param incomplete by image: the classes of which not every object is annotated
 * @param frequency by class: {@code r}, {@code c} or {@code f}; classes of which nothing is said are absent
 */
public record Federation(List<Set<Long>> absent, List<Set<Long>> incomplete, Map<Long, String> frequency) {

    public Federation {
        absent = List.copyOf(absent);
        incomplete = List.copyOf(incomplete);
        frequency = Map.copyOf(frequency);
    }
}
