package io.countersign.rego.compile;

import io.countersign.rego.syntax.Location;
import io.countersign.rego.syntax.RegoError;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.Rule;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns variables that are never bound into errors; names the rule where a line holds rules of several names. */
final class UnsafeReport {

    private UnsafeReport() {}

    static void report(List<Safety.Unsafe> unsafe, List<RegoModule> modules, List<RegoError> errors) {
        Map<String, Safety.Unsafe> first = new LinkedHashMap<>();
        boolean named = false;
        for (Safety.Unsafe one : unsafe) {
            String name = Resolver.written(one.name());
            first.merge(one.name(), one, (a, b) -> earlier(a, b) ? a : b);
            named |= !name.equals("_");
        }
        boolean onlyWildcards = !named;
        for (Safety.Unsafe one : first.values()) {
            String name = Resolver.written(one.name());
            if (one.printed()) {
                errors.add(new RegoError(Codes.COMPILE, "var " + name + " is undeclared", one.place()));
                continue;
            }
            if (name.equals("_") && !onlyWildcards) {
                continue;
            }
            errors.add(new RegoError(
                    Codes.UNSAFE, "var " + name + " is unsafe" + inRule(one.place(), modules), one.place()));
        }
    }

    private static boolean earlier(Safety.Unsafe a, Safety.Unsafe b) {
        int row = Integer.compare(a.place().row(), b.place().row());
        return row < 0 || (row == 0 && a.place().column() <= b.place().column());
    }

    private static String inRule(Location place, List<RegoModule> modules) {
        Rule owner = null;
        for (RegoModule module : modules) {
            if (module.file().equals(place.file())) {
                for (Rule rule : module.rules()) {
                    if (!later(rule.loc(), place) && (owner == null || later(rule.loc(), owner.loc()))) {
                        owner = rule;
                    }
                }
            }
        }
        if (owner == null) {
            return "";
        }
        Set<String> names = new HashSet<>();
        for (RegoModule module : modules) {
            for (Rule rule : module.rules()) {
                if (rule.loc().file().equals(place.file())
                        && rule.loc().row() == owner.loc().row()) {
                    names.add(rule.head().ref().text());
                }
            }
        }
        return names.size() > 1 ? " in rule " + owner.head().ref().text() : "";
    }

    private static boolean later(Location a, Location b) {
        return a.row() > b.row() || (a.row() == b.row() && a.column() > b.column());
    }
}
