package dev.parfocal.core.language;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a whole loss: its declarations first, whatever their order, then its assignments and its result. */
final class FormulaParser {

    private static final String SHAPE = "a loss starts with a line such as: loss focal(logit; target in [0, 1])";

    private final Source source;
    private final Builder builder;
    private final List<List<Token>> statements;
    private final Scope scope;
    private final Map<Node, String> definitions = new HashMap<>();

    FormulaParser(Source source) {
        this.source = source;
        this.builder = new Builder(source);
        this.statements = Lexer.statements(source);
        this.scope = new Scope(source, assignments(statements));
    }

    private static Map<String, List<Token>> assignments(List<List<Token>> statements) {
        Map<String, List<Token>> found = new HashMap<>();
        statements.stream()
                .filter(FormulaParser::isAssignment)
                .forEach(statement -> found.putIfAbsent(statement.get(0).text(), statement));
        return found;
    }

    private static boolean isAssignment(List<Token> statement) {
        return statement.get(0).isName() && statement.get(1).is("=");
    }

    Formula parse() {
        if (statements.isEmpty()) {
            throw source.error(source.text().length(), "there is no loss in this text; " + SHAPE);
        }
        List<Token> head = statements.get(0);
        if (!head.get(0).is("loss")) {
            throw source.error(
                    head.get(0).offset(),
                    "expected 'loss', found " + head.get(0).shown() + "; " + SHAPE);
        }
        DeclarationParser declarations = new DeclarationParser(source, builder, scope);
        List<List<Token>> body = statements.subList(1, statements.size());
        body.stream().filter(DeclarationParser::isParameter).forEach(declarations::parameter);
        Signature signature = new SignatureParser(source, builder, scope).parse(head);
        declarations.setSignature(signature);
        StateParser states = new StateParser(source, builder, scope);
        List<List<Token>> formula = body.stream()
                .filter(statement -> !DeclarationParser.isParameter(statement)
                        && !states.line(statement)
                        && !declarations.line(statement))
                .toList();
        Node value = formula(formula);
        List<Formula.State> kept = states.states();
        scope.checkAllUsed();
        new Influence(source).check(signature, head, value);
        return new Formula(
                source.text(),
                signature.name(),
                Description.of(source.text()),
                signature.predicted(),
                signature.given(),
                declarations.parameters(),
                kept,
                declarations.training(),
                declarations.mayBeNegative(),
                declarations.examples(),
                builder.picks(),
                builder.temperatures(),
                definitions,
                builder.graph(),
                value);
    }

    private Node formula(List<List<Token>> lines) {
        for (int i = 0; i < lines.size(); i++) {
            List<Token> line = lines.get(i);
            if (isAssignment(line)) {
                assign(line);
            } else if (i == lines.size() - 1) {
                return result(line);
            } else {
                result(line);
                throw source.error(
                        line.get(0).offset(),
                        "this result is followed by another line; only the last line may be without a name."
                                + " A formula goes on in the next line after an operator or inside parentheses");
            }
        }
        List<Token> last = statements.get(statements.size() - 1);
        throw source.error(
                last.get(last.size() - 1).offset(),
                "expected the result after this: a last line that is an expression without a name");
    }

    private void assign(List<Token> line) {
        Token name = line.get(0);
        scope.checkNew(name);
        Term term = expression(line, 2, name.text());
        if (term.node().op().type() == Op.Type.ROW) {
            builder.require(term, Op.Type.NUMBER, name.text());
        }
        scope.define(name, term.node(), "definition");
        if (!term.node().operands().isEmpty()) {
            definitions.putIfAbsent(term.node(), name.text());
        }
    }

    private Node result(List<Token> line) {
        Term term = expression(line, 0, "");
        builder.require(term, Op.Type.NUMBER, "the result");
        return term.node();
    }

    private Term expression(List<Token> line, int from, String current) {
        TokenReader tokens = new TokenReader(source, line.subList(from, line.size()));
        Term term = new ExpressionParser(builder, scope, tokens, current).expression();
        if (tokens.peek().is("=")) {
            throw tokens.error(tokens.peek(), "expected an operator, found '='; equality is written ==");
        }
        tokens.expectEnd("an operator or the end of the line");
        return term;
    }
}
