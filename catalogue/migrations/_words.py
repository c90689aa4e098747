"""The words by which items and products are found, as indexes keep them.

``found_by`` takes texts apart: of each row of Chinese characters every pair, and its last character alone; of all else
whole words, in small letters, and their parts where strokes join them. Words are asked for by how they begin, so that
one character finds every place where it stands, and a beginning of a code what has the code. Of ``initials`` every
end is a word: so they are found from any character on. ``catalogue.rules.words`` asks in the same terms.
"""

WORDS = r"""
CREATE FUNCTION found_by(said text, initials text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
DECLARE
    run text;
    words text := '';
BEGIN
    FOR run IN SELECT part[1] FROM regexp_matches(lower(normalize(said, NFKC)), '([\u3400-\u9fff\U00020000-\U0003ffff]+'
        || '|[a-z0-9.%\u00b5-\u024f\u0370-\u04ff]+(?:[-/][a-z0-9.%\u00b5-\u024f\u0370-\u04ff]+)*)', 'g') AS part LOOP
        IF run >= chr(13312) THEN
            FOR place IN 1..length(run) LOOP
                words := words || ' ' || substr(run, place, 2);
            END LOOP;
        ELSE
            words := words || ' ' || translate(btrim(run, '.'), '-/', '  ') || ' ' || translate(btrim(run, '.'), '-/', '');
        END IF;
    END LOOP;
    FOR place IN 1..length(initials) LOOP
        words := words || ' ' || substr(initials, place, 12);
    END LOOP;
    RETURN words::tsvector;
END $$;

-- The quantities of an item as the catalogue prints them: 0.25g.
CREATE FUNCTION item_words(name text, english text, strength text, contents jsonb, code text, initials text)
    RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT public.found_by(name || ' ' || english || ' ' || strength || ' ' || code || ' '
        || regexp_replace((contents - '{sugar_free,material,units_a_day}'::text[])::text, '"[a-z_]+":', '', 'g'), initials)
$$;

-- What makers are is said of nearly all of them, and tells none from another.
CREATE FUNCTION version_words(brand text, maker text, code text, approval text, standard text, device text,
    specification text, model text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT public.found_by(brand || ' ' || regexp_replace(maker, '(股份)?有限(责任)?公司', ' ') || ' ' || code || ' '
        || approval || ' ' || standard || ' ' || device || ' ' || specification || ' ' || model, '')
$$;
"""
NO_WORDS = """
DROP FUNCTION version_words(text, text, text, text, text, text, text, text);
DROP FUNCTION item_words(text, text, text, jsonb, text, text);
DROP FUNCTION found_by(text, text);
"""
