package dev.parfocal.training.task;

import dev.parfocal.core.loss.Loss;
import dev.parfocal.training.model.Branch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks beside detection; each may be absent.
 *
 * @param presence which classes an image shows
 * @param count how many objects of each class an image shows
 * @param quality how good the box of a point is
 */
public record TasksConfig(
        @Nullable TaskLoss presence,
        @Nullable TaskLoss count,
        @Nullable QualityConfig quality) {

    /** None. */
    public static final TasksConfig NONE = new TasksConfig(null, null, null);

    /** The names of those that there are. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        imageTargets().forEach(target -> names.add(target.word()));
        if (quality != null) {
            names.add(QualityConfig.BRANCH);
        }
        return names;
    }

    /** The tasks, ready to be evaluated. */
    public List<BranchTask> tasks(int classCount) {
        List<BranchTask> tasks = new ArrayList<>();
        if (presence != null) {
            tasks.add(new ImageTask(ImageTarget.PRESENCE, presence, classCount));
        }
        if (count != null) {
            tasks.add(new ImageTask(ImageTarget.COUNT, count, classCount));
        }
        if (quality != null) {
            tasks.add(new QualityTask(quality));
        }
        return tasks;
    }

    /** The outputs that a model needs for them. */
    public List<Branch> branches(int classCount) {
        return tasks(classCount).stream().map(BranchTask::branch).toList();
    }

    /** Their losses with their parameters set, by component. */
    public Map<String, Loss> losses() {
        Map<String, Loss> losses = new LinkedHashMap<>();
        tasks(1).forEach(task -> losses.putAll(task.losses()));
        return losses;
    }

    /** The questions about whole images that are asked. */
    public List<ImageTarget> imageTargets() {
        List<ImageTarget> targets = new ArrayList<>();
        if (presence != null) {
            targets.add(ImageTarget.PRESENCE);
        }
        if (count != null) {
            targets.add(ImageTarget.COUNT);
        }
        return targets;
    }
}
