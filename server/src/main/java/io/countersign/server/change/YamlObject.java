package io.countersign.server.change;

/**
 * An object of Kubernetes that a document of YAML describes.
 *
 * @param fromLine the first of its lines, counted from 0; they go on to the next object's
 * @param namespace empty where none is named
 * @param name empty where none is named
 */
record YamlObject(int fromLine, String apiVersion, String kind, String namespace, String name) {}
