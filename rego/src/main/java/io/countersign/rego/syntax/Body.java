package io.countersign.rego.syntax;

import java.util.List;

/** Statements that must all hold. */
public record Body(Location loc, List<Expr> exprs) {}
