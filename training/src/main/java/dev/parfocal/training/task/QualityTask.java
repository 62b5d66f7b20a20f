package dev.parfocal.training.task;

import dev.parfocal.training.criterion.BranchLoss;
import dev.parfocal.training.criterion.Component;
import dev.parfocal.training.criterion.Contribution;
import dev.parfocal.training.criterion.LossComponent;
import dev.parfocal.training.criterion.MatchedBatch;
import dev.parfocal.training.model.Branch;
import java.util.List;
import java.util.Optional;

/** Estimates how good the box of a row is, on the rows that own an object. */
final class QualityTask implements BranchTask {
    private final BranchLoss loss;

    QualityTask(QualityConfig config) {
        loss = new BranchLoss(
                Optional.empty(),
                QualityConfig.BRANCH,
                BranchTask.component(QualityConfig.BRANCH, config.task(), 1),
                config.target() == QualityConfig.Target.IOU
                        ? LossComponent.Target.QUALITY
                        : LossComponent.Target.CENTERNESS);
    }

    @Override
    public String name() {
        return QualityConfig.BRANCH;
    }

    @Override
    public List<Component> components() {
        return loss.components();
    }

    @Override
    public Branch branch() {
        return new Branch(QualityConfig.BRANCH, Branch.Place.BOX, 1, Branch.Link.NONE, 0);
    }

    @Override
    public List<Contribution> evaluate(MatchedBatch batch) {
        return loss.evaluate(batch);
    }
}
