package io.countersign.core.declaration;

import io.countersign.core.declaration.Declared.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a declaration as a plain tree in the one order that makes equal declarations equal texts. */
public final class DeclarationWriter {

    private DeclarationWriter() {}

    /** One document with every list that has something in it. */
    public static Map<String, Object> write(Declaration declaration) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(Format.HEADER, Format.VERSION);
        for (DeclaredKind kind : DeclaredKind.values()) {
            List<Object> list = new ArrayList<>();
            for (Declared thing : declaration.all(kind)) {
                if (said(thing)) {
                    list.add(thing instanceof Declared.Project project ? project(project, declaration) : thing.tree());
                }
            }
            if (kind != DeclaredKind.ENVIRONMENT && !list.isEmpty()) {
                document.put(kind.section(), list);
            }
        }
        return document;
    }

    /** A built-in role that nobody holds says nothing. */
    private static boolean said(Declared thing) {
        return !(thing instanceof Declared.Role role)
                || !role.builtIn()
                || (role.holders() != null && !role.holders().isEmpty());
    }

    private static Map<String, Object> project(Declared.Project project, Declaration declaration) {
        List<Map<String, Object>> environments = declaration.all(DeclaredKind.ENVIRONMENT).stream()
                .map(Declared.Environment.class::cast)
                .filter(environment ->
                        environment.project().toLowerCase(Locale.ROOT).equals(project.key()))
                .map(Declared.Environment::tree)
                .toList();
        return new Tree("name", project.name())
                .unless("description", project.description(), "")
                .unless("environments", environments, List.of())
                .map();
    }
}
