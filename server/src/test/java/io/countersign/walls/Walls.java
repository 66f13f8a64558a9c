package io.countersign.walls;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import io.countersign.walls.HouseMap.Arrow;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the classes of the server and of core may touch, read from their byte code. */
record Walls(JavaClasses classes, String root) {

    private static final List<String> HTTP = List.of(
            "jakarta.servlet.", "org.springframework.web.", "org.springframework.http.", "org.apache.catalina.");
    private static final List<String> SQL = List.of("org.springframework.jdbc.core.", "java.sql.", "org.postgresql.");
    /** How classes that reach the network begin; files have channels too. */
    static final List<String> NETWORK = List.of(
            "java.net.http.",
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.DatagramSocket",
            "java.net.MulticastSocket",
            "java.net.URLConnection",
            "java.net.HttpURLConnection",
            "java.nio.channels.SocketChannel",
            "java.nio.channels.ServerSocketChannel",
            "java.nio.channels.DatagramChannel",
            "java.nio.channels.AsynchronousSocketChannel",
            "java.nio.channels.AsynchronousServerSocketChannel",
            "javax.net.SocketFactory",
            "javax.net.ServerSocketFactory",
            "javax.net.ssl.SSLSocket",
            "javax.net.ssl.SSLServerSocket",
            "javax.net.ssl.HttpsURLConnection",
            "com.sun.net.httpserver.",
            "jakarta.mail.");

    private static final List<String> TICK = List.of(
            ".platform.Ticker",
            "org.springframework.scheduling.",
            "java.util.Timer",
            "java.util.concurrent.ScheduledExecutorService");
    private static final List<String> IMPURE = List.of(
            "java.io.",
            "java.net.",
            "java.nio.file.",
            "java.time.Clock",
            "java.time.InstantSource",
            "java.util.Random",
            "java.util.random.",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.UUID",
            "java.security.SecureRandom",
            "java.lang.System",
            "java.lang.Thread",
            "java.lang.ProcessBuilder",
            "java.util.logging.");
    private static final List<String> PURE = List.of("java.", "org.jspecify.");

    /** The package of a class beneath the root, for example {@code server.audit}. */
    private String room(JavaClass type) {
        return type.getPackageName()
                .substring(Math.min(root.length() + 1, type.getPackageName().length()));
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(root + ".");
    }

    Set<String> packages() {
        return classes.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .map(this::room)
                .collect(Collectors.toSet());
    }

    /** Every use of one of our classes by another. */
    List<Arrow> arrows() {
        return dependencies(type -> true)
                .filter(dependency -> isOurs(dependency.getTargetClass()))
                .map(dependency -> new Arrow(
                        room(dependency.getOriginClass()),
                        room(dependency.getTargetClass()),
                        dependency.getOriginClass().getSimpleName() + " uses "
                                + dependency.getTargetClass().getSimpleName()))
                .toList();
    }

    private Stream<Dependency> dependencies(Predicate<JavaClass> of) {
        return classes.stream().filter(of).flatMap(type -> type.getDirectDependenciesFromSelf().stream());
    }

    /** HTTP, SQL, network and clock in classes whose name does not allow it. */
    List<String> suffixes() {
        return Stream.of(
                        touching(HTTP, "HTTP", Set.of("Api"), true),
                        touching(SQL, "SQL", Set.of("Store"), false),
                        touching(NETWORK, "the network", Set.of("Client", "Sender"), false),
                        touching(TICK, "the clock's tick", Set.of("Job"), false))
                .flatMap(all -> all)
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<String> touching(List<String> what, String word, Set<String> endings, boolean platformMay) {
        return dependencies(type -> room(type).startsWith("server") && !ends(outermost(type), endings))
                .filter(dependency ->
                        !(platformMay && room(dependency.getOriginClass()).equals("server.platform")))
                .filter(dependency -> what.stream().anyMatch(prefix -> isWithin(dependency.getTargetClass(), prefix)))
                .filter(dependency -> !isExempt(outermost(dependency.getOriginClass()), what))
                .map(dependency -> outermost(dependency.getOriginClass()) + " touches " + word);
    }

    /** The ticker itself, and what makes it; and who asks the system for a port that is free. */
    private static boolean isExempt(String name, List<String> what) {
        return (what.equals(TICK) && Set.of("Ticker", "PlatformConfiguration").contains(name))
                || (what.equals(NETWORK) && name.equals("EmbeddedPostgres"));
    }

    private static boolean isWithin(JavaClass target, String prefix) {
        String name = target.getBaseComponentType().getName();
        return prefix.startsWith(".") ? name.endsWith(prefix) : name.startsWith(prefix);
    }

    private static boolean ends(String name, Set<String> endings) {
        return endings.stream().anyMatch(name::endsWith);
    }

    private static String outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer.getSimpleName();
    }

    /** What core must not touch: files, network, clock, randomness, threads, and anything but the language itself. */
    List<String> impurities() {
        Predicate<JavaClass> inCore = type -> room(type).startsWith("core");
        Stream<String> touched = dependencies(inCore)
                .filter(dependency -> !isOurs(dependency.getTargetClass()))
                .filter(dependency -> !dependency.getTargetClass().isPrimitive())
                .filter(dependency -> isImpure(dependency.getTargetClass()))
                .map(dependency -> outermost(dependency.getOriginClass()) + " touches "
                        + dependency.getTargetClass().getName());
        Stream<String> called = classes.stream()
                .filter(inCore)
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(Walls::isHidden)
                .map(call -> outermost(call.getOriginOwner()) + " calls "
                        + call.getTargetOwner().getSimpleName() + "." + call.getName());
        return Stream.concat(touched, called).distinct().sorted().toList();
    }

    private static boolean isImpure(JavaClass target) {
        String name = target.getBaseComponentType().getName();
        return IMPURE.stream().anyMatch(name::startsWith)
                || (PURE.stream().noneMatch(name::startsWith) && name.contains("."));
    }

    /** Clocks and dice behind harmless classes. */
    private static boolean isHidden(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        return (owner.startsWith("java.time.") && call.getName().equals("now"))
                || (owner.equals("java.lang.Math") && call.getName().equals("random"))
                || (owner.equals("java.util.Collections") && call.getName().equals("shuffle"))
                || (owner.equals("java.time.ZoneId") && call.getName().equals("systemDefault"));
    }
}
