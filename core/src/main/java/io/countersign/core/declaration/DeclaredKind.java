package io.countersign.core.declaration;

/** The kinds of thing that can be declared, in the order they are written. */
public enum DeclaredKind {
    PERSON("people", "person"),
    TEAM("teams", "team"),
    ROLE("roles", "role"),
    ACCOUNT("accounts", "account"),
    CLUSTER("clusters", "cluster"),
    PROJECT("projects", "project"),
    ENVIRONMENT("environments", "environment"),
    TEMPLATE("templates", "template"),
    BINDING("bindings", "binding");

    private final String section;
    private final String word;

    DeclaredKind(String section, String word) {
        this.section = section;
        this.word = word;
    }

    /** The name of the list it stands in; that of environments is inside their project. */
    public String section() {
        return section;
    }

    /** What one of them is called. */
    public String word() {
        return word;
    }
}
