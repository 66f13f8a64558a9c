package io.countersign.server.directory;

/** The words that the ids of this room begin with. */
final class IdPrefix {

    static final String ORGANIZATION = "org";
    static final String PERSON = "per";
    static final String ACCOUNT = "acc";
    static final String TEAM = "team";
    static final String PROJECT = "prj";
    static final String ENVIRONMENT = "env";
    static final String CLUSTER = "cls";
    static final String RELEASE = "rel";
    static final String PERMISSION_GRANT = "pgr";
    static final String LINK = "lnk";
    static final String SESSION = "ses";
    static final String TOKEN = "tok";

    private IdPrefix() {}
}
