package io.countersign.cli.mapping;

import io.countersign.cli.yaml.Placed;
import io.countersign.cli.yaml.Placed.Fields;
import io.countersign.cli.yaml.Placed.Word;
import io.countersign.cli.yaml.YamlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kubeconfig files that a command with this environment would read; the first that says something counts. */
record Kubeconfig(List<Fields> files) {

    Kubeconfig {
        files = List.copyOf(files);
    }

    /** Finds them as kubectl does: those that KUBECONFIG lists, else {@code .kube/config} in HOME. */
    static Kubeconfig of(Map<String, String> environment, Path workingFolder) {
        List<Path> places = new ArrayList<>();
        for (String place : environment.getOrDefault("KUBECONFIG", "").split(":", -1)) {
            if (!place.isEmpty()) {
                places.add(workingFolder.resolve(place));
            }
        }
        String home = environment.getOrDefault("HOME", "");
        if (places.isEmpty() && !home.isEmpty()) {
            places.add(Path.of(home, ".kube", "config"));
        }
        List<Fields> files = new ArrayList<>();
        for (Path place : places) {
            if (Files.isRegularFile(place)) {
                files.add(read(place));
            }
        }
        return new Kubeconfig(files);
    }

    private static Fields read(Path place) {
        try {
            return YamlFile.read(place.toString(), Files.readString(place)).fields();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The context that is used where none is named. */
    Optional<String> presentContext() {
        return files.stream()
                .flatMap(file -> word(file, "current-context").stream())
                .findFirst();
    }

    /** The namespace that is used in a context where none is named. */
    String namespace(String context) {
        return files.stream()
                .flatMap(file -> file.find("contexts").stream())
                .flatMap(contexts -> contexts.items().stream())
                .filter(Fields.class::isInstance)
                .map(Placed::fields)
                .filter(one -> word(one, "name").filter(context::equals).isPresent())
                .findFirst()
                .flatMap(one -> one.find("context"))
                .filter(Fields.class::isInstance)
                .flatMap(one -> word(one.fields(), "namespace"))
                .orElse("default");
    }

    private static Optional<String> word(Fields fields, String name) {
        return fields.find(name)
                .filter(Word.class::isInstance)
                .map(value -> ((Word) value).text())
                .filter(text -> !text.isBlank());
    }
}
