package dev.parfocal.training.task;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Input;
import dev.parfocal.training.criterion.Component;
import dev.parfocal.training.criterion.Task;
import dev.parfocal.training.model.Branch;

/** A task that learns an output of its own. */
public interface BranchTask extends Task {

    /** The output, of the task's name. */
    Branch branch();

    /**
     * The task's loss.
     *
     * @param largest target that it must take
     * @throws ParfocalException if the loss is not pointwise, or has not one given input that reaches from 0 to there
     */
    static Component component(String name, TaskLoss config, double largest) {
        Component component = Component.ofNumbers(name, "tasks." + name, config.component());
        Input target = component.loss().given().get(0);
        if (target.min() > 0 || target.max() < largest) {
            throw new ParfocalException("tasks." + name + " needs a loss whose target may be from 0 to " + largest
                    + ", but that of " + config.loss() + " is in [" + target.min() + ", " + target.max() + "]");
        }
        return component;
    }
}
