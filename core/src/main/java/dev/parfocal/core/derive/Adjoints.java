package dev.parfocal.core.derive;

import dev.parfocal.core.graph.Node;
import java.util.TreeMap;

/** The adjoints of the nodes that a reverse pass has reached but not yet left; users come before their operands. */
final class Adjoints {

    /** The derivatives of the root with respect to a node and to the log of that node. */
    record Entry(Node node, Node plain, Node log) {}

    private final Terms terms;
    private final TreeMap<Integer, Entry> open = new TreeMap<>();

    Adjoints(Terms terms) {
        this.terms = terms;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    void add(Node node, Node adjoint) {
        merge(new Entry(node, adjoint, terms.number(0)));
    }

    void addLog(Node node, Node adjoint) {
        merge(new Entry(node, terms.number(0), adjoint));
    }

    Entry takeLast() {
        return open.pollLastEntry().getValue();
    }

    private void merge(Entry more) {
        open.merge(
                more.node().id(),
                more,
                (a, b) -> new Entry(a.node(), terms.plus(a.plain(), b.plain()), terms.plus(a.log(), b.log())));
    }
}
