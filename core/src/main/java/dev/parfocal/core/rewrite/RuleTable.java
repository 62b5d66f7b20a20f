package dev.parfocal.core.rewrite;

import dev.parfocal.core.graph.Op;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The rules by which formulas are rewritten: for each operation those about it, of which the first that fits is taken. */
public final class RuleTable {

    /** The rules of Parfocal: folding, then stable forms, then plain algebra. */
    public static final RuleTable STANDARD = new RuleTable(all());

    /** No rule: everything stays as it is written. */
    public static final RuleTable NONE = new RuleTable(List.of());

    private final List<Rule> rules;
    private final Map<Op, List<Rule>> byOp = new EnumMap<>(Op.class);

    public RuleTable(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        rules.forEach(
                rule -> byOp.computeIfAbsent(rule.op(), op -> new ArrayList<>()).add(rule));
    }

    /** This table with one more rule, which is asked first. */
    public RuleTable with(Rule first) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(0, first);
        return new RuleTable(more);
    }

    public List<Rule> rules() {
        return rules;
    }

    List<Rule> of(Op op) {
        return byOp.getOrDefault(op, List.of());
    }

    private static List<Rule> all() {
        List<Rule> all = new ArrayList<>();
        all.addAll(FoldingRules.RULES);
        all.addAll(SelectRules.RULES);
        all.addAll(ComplementRules.RULES);
        all.addAll(LogarithmRules.RULES);
        all.addAll(PowerRules.RULES);
        all.addAll(SignRules.RULES);
        all.addAll(ProductRules.RULES);
        all.addAll(SumRules.RULES);
        return all;
    }
}
