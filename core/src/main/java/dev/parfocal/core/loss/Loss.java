package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.language.Bound;
import dev.parfocal.core.language.Formula;
import dev.parfocal.core.language.Names;
import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.rewrite.Domain;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A loss: its text, and a value for each of its parameters.
 *
 * <p>A value: immutable, equal to another loss with the same text and the same parameters.
 */
public final class Loss {

    private final String origin;
    private final Formula formula;
    private final Map<String, Double> values;
    private final Map<String, List<Double>> byClass;
    private final List<Input> predicted;
    private final List<Input> declaredGiven;
    private final List<Input> given;

    private Loss(String origin, Formula formula, Map<String, Double> values, Map<String, List<Double>> byClass) {
        this.origin = origin;
        this.formula = formula;
        this.values = values;
        this.byClass = byClass;
        predicted = inputs(formula.predicted(), values);
        declaredGiven = inputs(formula.given(), values);
        given = declaredGiven.stream()
                .flatMap(input -> input.numbers().stream())
                .toList();
        formula.picks().forEach(pick -> RowIndices.checkIndex(pick, this));
        formula.temperatures().forEach(temperature -> RowIndices.checkTemperature(temperature, this));
    }

    /**
     * Reads a loss from its text.
     *
     * @throws ParfocalException with line, column and a caret, if the text is no loss
     */
    public static Loss parse(String text) {
        return parse(text, "formula");
    }

    /** Reads a loss from its text; {@code origin} is what errors call it: a file, say. */
    public static Loss parse(String text, String origin) {
        Formula formula = Formula.parse(text, origin);
        Map<String, Double> values = new LinkedHashMap<>();
        formula.parameters().forEach(parameter -> values.put(parameter.name(), parameter.value()));
        formula.states()
                .forEach(state -> values.put(state.name(), state.declared().value()));
        return new Loss(origin, formula, values, Map.of());
    }

    /**
     * Reads a loss from a file of UTF-8 text.
     *
     * @throws ParfocalException if the file cannot be read, is not text, or is no loss
     */
    public static Loss read(Path file) {
        return parse(LossFile.text(file), file.toString());
    }

    public String name() {
        return formula.name();
    }

    /** One sentence that says what the loss is for; empty if the text says nothing. */
    public String summary() {
        return formula.description().summary();
    }

    /** The papers and other sources, one per line. */
    public List<String> paper() {
        return formula.description().sources();
    }

    /** What else its text says of it, one paragraph each. */
    public List<String> notes() {
        return formula.description().notes();
    }

    /** The text itself, with line feeds and without a byte order mark. */
    public String text() {
        return formula.text();
    }

    public Kind kind() {
        if (predicted().get(0).isRow()) {
            return Kind.ROW;
        }
        return predicted().size() == 1 ? Kind.POINTWISE : Kind.BOX;
    }

    /** What is predicted and differentiated: one scalar, one row, or several scalars. */
    public List<Input> predicted() {
        return predicted;
    }

    /** What is given, number by number: those of a given row {@code t} are {@code t0}, {@code t1} and so on. */
    public List<Input> given() {
        return given;
    }

    /** What is given, as the text declares it: numbers and rows. */
    public List<Input> declaredGiven() {
        return declaredGiven;
    }

    /** What is given but for rows. */
    List<Input> scalarGiven() {
        return declaredGiven.stream().filter(input -> !input.isRow()).toList();
    }

    /** Whether a row is given, such as a teacher's logits. */
    public boolean isGivenRows() {
        return declaredGiven.stream().anyMatch(Input::isRow);
    }

    private static List<Input> inputs(List<Formula.Variable> variables, Map<String, Double> values) {
        return variables.stream()
                .map(variable -> new Input(
                        variable.node().name(),
                        Bound.value(variable.min(), values),
                        Bound.value(variable.max(), values),
                        variable.integer(),
                        (int) Bound.value(variable.length(), values)))
                .toList();
    }

    public List<Parameter> parameters() {
        return formula.parameters().stream().map(Loss::parameterOf).toList();
    }

    private static Parameter parameterOf(Formula.Declared p) {
        return new Parameter(p.name(), p.value(), p.min(), p.max(), p.integer(), p.perClass(), p.meaning());
    }

    /** What it keeps between batches. */
    public List<State> states() {
        return formula.states().stream()
                .map(state -> {
                    Formula.Declared d = state.declared();
                    return new State(d.name(), d.value(), d.min(), d.max(), state.momentum(), d.meaning());
                })
                .toList();
    }

    /**
     * What a state is the mean of: the sum is taken of the first program's value and divided by that of the second.
     *
     * @param free parameters and states that stay arguments
     */
    public List<ScalarProgram> stateTerms(State state, Set<String> free) {
        Formula.State kept = formula.states().stream()
                .filter(each -> each.name().equals(state.name()))
                .findFirst()
                .orElseThrow();
        return List.of(
                Programs.expression(formula, kept.sum(), folded(free)),
                Programs.expression(formula, kept.count(), folded(free)));
    }

    /** What is wrong at an offset of the text. */
    ParfocalException error(int offset, String message) {
        return formula.error(origin, offset, message);
    }

    /** The domains of parameters and of what is given, by name. */
    Map<String, Domain> domains() {
        return Programs.domains(formula, values);
    }

    /** The value of a parameter for all classes, or the value that a state starts from. */
    public double parameter(String name) {
        return values.getOrDefault(declared(name).name(), Double.NaN);
    }

    /**
     * The same loss with another value of a parameter, or with another initial value of a state.
     *
     * @throws ParfocalException if it has no such parameter, or the value is outside its range
     */
    public Loss with(String parameter, double value) {
        declared(parameter).check(value, name());
        Map<String, Double> changed = new LinkedHashMap<>(values);
        changed.put(parameter, value);
        Map<String, List<Double>> others = new LinkedHashMap<>(byClass);
        others.remove(parameter);
        return new Loss(origin, formula, changed, others);
    }

    /**
     * The same loss with a value of a parameter for each class.
     *
     * @param numbers in the order of the classes: as many as a batch has, or as a row has logits
     * @throws ParfocalException if it has no such parameter, the parameter is one for all classes, or a value is outside its
     *     range
     */
    public Loss withPerClass(String parameter, List<Double> numbers) {
        Parameter known = declared(parameter);
        known.checkPerClass(name());
        if (numbers.isEmpty()) {
            throw new ParfocalException(name() + ": " + parameter + " needs a value for each class, and there is none");
        }
        numbers.forEach(number -> known.check(number, name()));
        Map<String, List<Double>> changed = new LinkedHashMap<>(byClass);
        changed.put(parameter, List.copyOf(numbers));
        return new Loss(origin, formula, values, changed);
    }

    /** The parameters that differ from class to class, with a value for each class. */
    public Map<String, List<Double>> perClass() {
        return new LinkedHashMap<>(byClass);
    }

    /**
     * The same loss as it is for one class, with every parameter one number.
     *
     * @throws ParfocalException if a parameter has no value for this class
     */
    public Loss ofClass(int number) {
        Loss one = this;
        for (Map.Entry<String, List<Double>> parameter : byClass.entrySet()) {
            List<Double> numbers = parameter.getValue();
            if (number < 0 || number >= numbers.size()) {
                throw new ParfocalException(name() + ": " + parameter.getKey() + " has values for " + numbers.size()
                        + " classes, the first of which is 0, and none for class " + number);
            }
            one = one.with(parameter.getKey(), numbers.get(number));
        }
        return one;
    }

    /** Whether label smoothing moves what is given: the target of a loss of logits, if it is one in [0, 1]. */
    public boolean takesSmoothing() {
        return kind() == Kind.POINTWISE
                && given.size() == 1
                && !given.get(0).integer()
                && given.get(0).min() == 0
                && given.get(0).max() == 1;
    }

    /** Whether its value, with its parameters as they are, reads a divergence between rows. */
    public boolean takesDivergences() {
        return program().predicted().stream().anyMatch(node -> node.op() == Op.KL_DIVERGENCE);
    }

    /** The parameter that label smoothing sets, of a loss of rows whose text has one: {@code smoothing}. */
    public Optional<String> smoothingParameter() {
        return parameters().stream()
                .map(Parameter::name)
                .filter(name -> kind() == Kind.ROW && name.equals("smoothing"))
                .findFirst();
    }

    /** Whether it takes expectations of functions of a row's index. */
    public boolean takesIndexFunctions() {
        return formula.takesIndexFunctions();
    }

    /** Where functions of the index read a parameter at the index. */
    List<Formula.Entry> indexEntries() {
        return formula.indexEntries();
    }

    /** The given input that says which class a row is of, if the loss has one: a whole number. */
    public Optional<Input> classInput() {
        return kind() == Kind.ROW ? given.stream().filter(Input::integer).findFirst() : Optional.empty();
    }

    /**
     * The same loss for rows of another length: sets the parameter that the row is sized by.
     *
     * @throws ParfocalException if the loss has no row, or its row has another, fixed length
     */
    public Loss withRowLength(int length) {
        Input row = predicted().get(0);
        if (row.length() == length) {
            return this;
        }
        if (rowParameter().isEmpty()) {
            throw new ParfocalException(name() + " takes " + (row.isRow() ? "rows of " + row.length() : "no rows")
                    + ", not rows of " + length + "; a loss for any length is declared with a parameter: s[bins]");
        }
        return with(rowParameter().get(), length);
    }

    private Parameter declared(String name) {
        return Stream.concat(
                        formula.parameters().stream(), formula.states().stream().map(Formula.State::declared))
                .filter(declared -> declared.name().equals(name))
                .map(Loss::parameterOf)
                .findFirst()
                .orElseThrow(() -> new ParfocalException(name() + " has no parameter '" + name + "'" + advice(name)));
    }

    private String advice(String name) {
        String near = Names.suggestion(name, values.keySet());
        String all = values.isEmpty() ? "; it has none" : "; it has " + String.join(", ", values.keySet());
        return near.isEmpty() ? all : near;
    }

    public Recipe recipe() {
        Formula.Training training = formula.recipe();
        return new Recipe(training.normalizer(), training.prior(), training.weight());
    }

    /** Whether the text declares that the loss may be negative. */
    public boolean mayBeNegative() {
        return formula.mayBeNegative();
    }

    /** The values that the text states at chosen points, with the parameters' defaults. */
    public List<Formula.Example> examples() {
        return formula.examples();
    }

    /** As written and differentiated, nothing rewritten, parameters as constants: what the stable forms are checked against. */
    public Textbook textbook() {
        return Programs.textbook(formula, values);
    }

    /** In stable forms, with every parameter's value folded in. */
    public ScalarProgram program() {
        return program(Set.of());
    }

    /**
     * In stable forms, with every parameter folded in but the free ones, which stay PARAMETER nodes: a kernel's arguments.
     *
     * @throws ParfocalException if the loss has no parameter of a free one's name
     */
    public ScalarProgram program(Set<String> free) {
        return program(free, Set.of());
    }

    /**
     * The same where some parameters differ from class to class. In a loss of logits they stay PARAMETER nodes; in a loss of
     * rows each entry is a given input of its own, {@code margin[label]}.
     */
    ScalarProgram program(Set<String> free, Set<String> differing) {
        Set<String> all = new HashSet<>(free);
        all.addAll(differing);
        return Programs.stable(formula, folded(all), differing);
    }

    /** Where the formula of a row reads a parameter by class: pairs of a parameter and the input that says the class. */
    public List<Formula.Entry> entries() {
        return formula.entries();
    }

    /** The same as {@link #program(Set)}, with the names of the text for what both have in common. */
    public NamedProgram named(Set<String> free) {
        return NamedProgram.of(formula, program(free));
    }

    /** The parameter that the row is sized by; empty if the loss has no row, or one of a fixed length. */
    public Optional<String> rowParameter() {
        String name = formula.predicted().get(0).length().name();
        return kind() == Kind.ROW && !name.isEmpty() ? Optional.of(name) : Optional.empty();
    }

    private Map<String, Double> folded(Set<String> free) {
        Map<String, Double> folded = new LinkedHashMap<>(values);
        free.forEach(name -> folded.remove(declared(name).name()));
        return folded;
    }

    /**
     * The gradient that was derived from the text, in its stable form, written in the loss language: a line for each shared
     * sub-expression and one for each predicted input, {@code d/d logit = …}. Parameters stay by name.
     */
    public List<String> gradientText() {
        Set<String> differing = parameters().stream()
                .filter(Parameter::perClass)
                .map(Parameter::name)
                .collect(Collectors.toSet());
        return new GradientText(formula, program(values.keySet(), differing)).lines();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Loss loss
                && text().equals(loss.text())
                && values.equals(loss.values)
                && byClass.equals(loss.byClass);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text(), values, byClass);
    }

    /** The name with its parameters: {@code focal(alpha = 0.25, gamma = 2)}. */
    @Override
    public String toString() {
        List<String> shown = values.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + shown(entry.getKey(), entry.getValue()))
                .toList();
        return shown.isEmpty() ? name() : name() + "(" + String.join(", ", shown) + ")";
    }

    private String shown(String parameter, double value) {
        List<Double> numbers = byClass.get(parameter);
        return numbers == null
                ? Numbers.shown(value)
                : numbers.stream().map(Numbers::shown).collect(Collectors.joining(", ", "[", "]"));
    }
}
