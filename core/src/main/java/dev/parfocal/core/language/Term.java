package dev.parfocal.core.language;

import dev.parfocal.core.graph.Node;

/** A parsed sub-expression, and where it starts in the text. */
record Term(Node node, int start) {}
