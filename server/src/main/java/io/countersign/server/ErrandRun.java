package io.countersign.server;

import io.countersign.server.platform.Errand;
import io.countersign.server.platform.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** One errand from start to end: the rooms are opened for it, on a port that nobody knows, and closed again. */
final class ErrandRun {

    private static final String HOME = "--countersign.home=";

    private ErrandRun() {}

    /** Runs what was typed: the errand's name, its own options, and settings of the server. */
    static void of(List<String> typed) {
        List<String> own = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        for (int i = 1; i < typed.size(); i++) {
            List<String> part = typed.get(i).equals("--binding") ? own : settings;
            part.add(typed.get(i));
            if (i + 1 < typed.size() && !typed.get(i).contains("=")) {
                part.add(typed.get(++i));
            }
        }
        List<String> keys = new ArrayList<>(List.of(CountersignServer.keys(settings)));
        telling(() -> demandFolder(keys));
        keys.addAll(List.of("--countersign.server.port=0", "--countersign.server.address=127.0.0.1"));
        try (ConfigurableApplicationContext rooms =
                SpringApplication.run(CountersignServer.class, keys.toArray(String[]::new))) {
            telling(() -> errand(rooms, typed.getFirst()).run(own, System.out));
        }
    }

    /** An errand is done to a server that was there before. */
    private static void demandFolder(List<String> keys) {
        for (String key : keys) {
            if (key.startsWith(HOME) && !Files.isDirectory(Path.of(key.substring(HOME.length())))) {
                throw new StartRefused("there is no server's folder `" + key.substring(HOME.length()) + "`");
            }
        }
    }

    private static Errand errand(ConfigurableApplicationContext rooms, String name) {
        return rooms.getBeansOfType(Errand.class).values().stream()
                .filter(errand -> errand.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StartRefused("the server does not know `" + name + "`"));
    }

    private static void telling(Runnable step) {
        try {
            step.run();
        } catch (StartRefused refused) {
            System.err.println("countersign: " + refused.getMessage());
            throw refused;
        }
    }
}
