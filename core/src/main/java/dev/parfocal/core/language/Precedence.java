package dev.parfocal.core.language;

/** How tightly the operations of the language bind, loosest first. */
enum Precedence {
    CHOICE,
    OR,
    AND,
    NOT,
    COMPARISON,
    SUM,
    PRODUCT,
    MINUS,
    POWER,
    PRIMARY
}
