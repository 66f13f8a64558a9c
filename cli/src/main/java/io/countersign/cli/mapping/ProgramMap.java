package io.countersign.cli.mapping;

import io.countersign.cli.yaml.Spot;
import java.util.List;
import java.util.Map;

/**
 * How the commands of a program are read, as one file says it.
 *
 * @param programs the file names under which the program is called
 * @param flags those that every command of it takes
 * @param variables what the command is given of the environment where it is set; approvers see the values
 * @param secrets the same, but approvers see the names alone
 * @param cluster where the cluster is found; the first that says something counts
 * @param clusters what Countersign calls the clusters that were found; empty where the names are the same
 * @param attributes what more is told of the resource, unless the command says it otherwise
 */
record ProgramMap(
        Spot at,
        List<String> programs,
        Flags flags,
        List<String> variables,
        List<String> secrets,
        List<ValueSource> cluster,
        Map<String, String> clusters,
        Map<String, List<ValueSource>> attributes,
        List<Rule> rules) {

    /**
     * What one command of the program is.
     *
     * @param words the words that name the command
     * @param flags those that it takes beside those of the program
     * @param least how many more words there are at least
     * @param most how many there are at most
     * @param files which of the further words, counted from 1, name files that the command reads
     * @param savedPlan whether it is only run on a saved plan, by {@code --terraform}
     */
    record Rule(
            Spot at,
            List<String> words,
            String action,
            Flags flags,
            int least,
            int most,
            List<Integer> files,
            boolean savedPlan,
            Map<String, List<ValueSource>> attributes) {

        Rule {
            words = List.copyOf(words);
            files = List.copyOf(files);
        }

        /** Whether these words name this command, with as many more as it takes. */
        boolean fits(List<String> operands) {
            int more = operands.size() - words.size();
            return more >= least
                    && more <= most
                    && operands.subList(0, words.size()).equals(words);
        }
    }

    ProgramMap {
        programs = List.copyOf(programs);
        variables = List.copyOf(variables);
        secrets = List.copyOf(secrets);
        cluster = List.copyOf(cluster);
        clusters = Map.copyOf(clusters);
        rules = List.copyOf(rules);
    }
}
