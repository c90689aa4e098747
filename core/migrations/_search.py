"""The two doors to the table of what is found: writing an entry, and asking as the session that one is.

They have their owner's rights, because behind a row policy no index over tokens or spellings is used; so each says
itself whom it answers (``is_told``).
"""

SEARCH = """
CREATE FUNCTION index_entries(entries jsonb) RETURNS void LANGUAGE sql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    INSERT INTO core_searchentry (kind, reference, title, detail, url, audience, organisations, tokens, names)
    SELECT kind, reference, title, detail, url, audience, organisations, tokens, names
    FROM jsonb_to_recordset(entries) AS entry(kind text, reference text, title text, detail text, url text,
        audience text, organisations bigint[], tokens text[], names text)
    ON CONFLICT (kind, reference) DO UPDATE SET title = excluded.title, detail = excluded.detail, url = excluded.url,
        audience = excluded.audience, organisations = excluded.organisations, tokens = excluded.tokens,
        names = excluded.names
$$;

CREATE FUNCTION find_entries(asked text[], spelt text, most integer) RETURNS TABLE (kind text, reference text,
        title text, detail text, url text, near boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET pg_trgm.word_similarity_threshold = 0.5 SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
        SELECT entry.kind::text, entry.reference::text, entry.title, entry.detail, entry.url::text, false
        FROM core_searchentry AS entry
        WHERE entry.tokens @> asked AND is_told(entry.audience, entry.organisations)
        ORDER BY lower(entry.reference) <> spelt, entry.kind, entry.title, entry.reference DESC LIMIT most;
    IF NOT FOUND THEN
        RETURN QUERY
            SELECT entry.kind::text, entry.reference::text, entry.title, entry.detail, entry.url::text, true
            FROM core_searchentry AS entry
            WHERE spelt <% entry.names AND is_told(entry.audience, entry.organisations)
            ORDER BY word_similarity(spelt, entry.names) DESC, entry.title, entry.reference LIMIT most;
    END IF;
END $$;
"""
NO_SEARCH = "DROP FUNCTION find_entries(text[], text, integer); DROP FUNCTION index_entries(jsonb);"
