package io.countersign.walls;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The package table of ARCHITECTURE.md: every room, and which rooms it may call. */
record HouseMap(Map<String, Set<String>> calls) {

    private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\|[^|]*\\|([^|]*)\\|");
    private static final Pattern NAME = Pattern.compile("`([a-z.]+)`|\\*(below|core|client)\\*");

    /** A call from one package to another, and where it was seen. */
    record Arrow(String from, String to, String where) {}

    /** Reads every row whose first cell is a package. */
    static HouseMap read(String markdown) {
        Map<String, String> cells = new LinkedHashMap<>();
        Matcher row = ROW.matcher(markdown);
        while (row.find()) {
            if (cells.put(row.group(1), row.group(2)) != null) {
                throw new IllegalArgumentException("two rows for " + row.group(1));
            }
        }
        List<String> rooms = List.copyOf(cells.keySet());
        Map<String, Set<String>> calls = new LinkedHashMap<>();
        cells.forEach((room, cell) -> calls.put(room, callable(room, cell, rooms)));
        return new HouseMap(calls);
    }

    private static Set<String> callable(String room, String cell, List<String> rooms) {
        Set<String> callable = new HashSet<>();
        Matcher name = NAME.matcher(cell);
        while (name.find()) {
            if (name.group(1) != null) {
                callable.add(name.group(1));
            } else if (!name.group(2).equals("below")) {
                rooms.stream()
                        .filter(other -> module(other).equals(name.group(2)))
                        .forEach(callable::add);
            } else {
                rooms.subList(rooms.indexOf(room) + 1, rooms.size()).stream()
                        .filter(other -> module(other).equals(module(room)))
                        .forEach(callable::add);
            }
        }
        return callable;
    }

    private static String module(String room) {
        return room.contains(".") ? room.substring(0, room.indexOf('.')) : room;
    }

    /** What does not fit: packages that are no rooms, rooms without classes, arrows that are not drawn. */
    List<String> complaints(Set<String> packages, List<Arrow> arrows) {
        List<String> complaints = new ArrayList<>();
        packages.stream()
                .filter(name -> !calls.containsKey(name))
                .sorted()
                .forEach(name -> complaints.add("the package " + name + " has no row"));
        calls.keySet().stream()
                .filter(room -> !packages.contains(room))
                .forEach(room -> complaints.add("the row " + room + " has no classes"));
        arrows.stream()
                .filter(arrow -> !arrow.from().equals(arrow.to()))
                .filter(arrow -> !calls.getOrDefault(arrow.from(), Set.of()).contains(arrow.to()))
                .map(arrow -> arrow.from() + " calls " + arrow.to() + ": " + arrow.where())
                .distinct()
                .forEach(complaints::add);
        return complaints;
    }
}
