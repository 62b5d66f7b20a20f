/**
 * Weights several losses against each other while a model trains on all of them: by fixed factors, by factors that are
 * learnt, or by taking conflicts out of their gradients. No engine: losses are numbers, gradients are known by their inner
 * products.
 */
@NullMarked
package dev.parfocal.core.balance;

import org.jspecify.annotations.NullMarked;
