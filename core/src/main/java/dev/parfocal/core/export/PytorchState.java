package dev.parfocal.core.export;

import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Parameter;
import dev.parfocal.core.loss.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the module moves on what the loss keeps between batches. */
final class PytorchState {

    private final Loss loss;
    private final PytorchNames names;
    private final String inputs;
    private final List<String> lines = new ArrayList<>();

    PytorchState(Loss loss, PytorchNames names, String inputs) {
        this.loss = loss;
        this.names = names;
        this.inputs = inputs;
    }

    List<String> move() {
        lines.add("@torch.no_grad()");
        lines.add("def _move(self, " + inputs + ", weight):");
        lines.add("    \"\"\"Moves each state towards its mean over the elements whose weight is not 0.\"\"\"");
        String numbers = names.numbers(true).map(name -> ", " + name).collect(Collectors.joining());
        lines.add("    " + inputs + numbers + " = _numbers((" + inputs + names.attributes(true) + "), "
                + inputs.split(",", -1)[0] + ")");
        if (loss.kind() == Kind.BOX) {
            lines.add("    " + String.join(", ", names.predicted()) + " = predicted.unbind(-1)");
            lines.add("    " + String.join(", ", names.given()) + " = target.unbind(-1)");
        }
        String like =
                loss.kind() == Kind.ROW ? names.ofRow() : names.predicted().get(0);
        lines.add("    counted = torch.ones_like(" + like + ") if weight is None else (weight != 0).to(" + like
                + ".dtype).expand_as(" + like + ")");
        List<String> moves = new ArrayList<>();
        for (State state : loss.states()) {
            moves.add(one(state, like));
        }
        lines.addAll(moves);
        return lines.stream().map(line -> "    " + line).toList();
    }

    private String one(State state, String like) {
        Set<String> free = Stream.concat(
                        loss.states().stream().map(State::name),
                        names.adjustable().stream().map(Parameter::name))
                .collect(Collectors.toSet());
        List<ScalarProgram> terms = loss.stateTerms(state, free);
        String name = Identifiers.PYTHON.of(state.name());
        for (int i = 0; i < terms.size(); i++) {
            ScalarProgram term = terms.get(i);
            PythonText text = new PythonText(names.leaves(term, List.of()), Map.of(), like);
            text.write(List.of(term.value()));
            text.lines().forEach(line -> lines.add("    " + line));
            lines.add("    " + (i == 0 ? "total" : "count") + " = torch.where(counted == 0, 0.0, "
                    + text.tensor(term.value()) + ").sum()");
        }
        lines.add("    moved_" + state.name() + " = " + name + " + " + PythonText.number(state.momentum())
                + " * (torch.clamp(total / count, " + PythonText.number(state.min()) + ", "
                + PythonText.number(state.max()) + ") - " + name + ")");
        return "    self.state_" + state.name() + ".copy_(torch.where(torch.isnan(moved_" + state.name() + "), " + name
                + ", moved_" + state.name() + "))";
    }
}
