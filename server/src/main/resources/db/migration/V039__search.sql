-- What is open is few; of what has ended there may be millions, so it is found by the parts of three characters of its text.
CREATE FUNCTION text_parts(whole text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    characters text[] := string_to_array(whole, NULL);
    parts      text[] := '{}';
BEGIN
    FOR i IN 1 .. cardinality(characters) - 2 LOOP
        parts[i] := characters[i] || characters[i + 1] || characters[i + 2];
    END LOOP;
    RETURN parts;
END
$$;

CREATE INDEX request_search ON request USING gin (text_parts(search)) WHERE NOT open;
