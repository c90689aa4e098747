"""The doors to the table of what is found: writing an entry, and asking as the session that one is.

They have their owner's rights, because behind a row policy no index over tokens or spellings is used; so each says
itself whom it answers (``is_told``). ``readers`` says the same once more, so that an index can: 0 is everybody, -1 the
agency, else an organisation. Tokens and readers stand after their kind, because what is common or may be read by many is
so in one kind and not in another, and the planner counts each array by itself.
"""

SEARCH = """
CREATE FUNCTION index_entries(entries jsonb) RETURNS void LANGUAGE sql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    INSERT INTO core_searchentry (kind, reference, title, detail, url, audience, organisations, tokens, names, readers)
    SELECT kind, reference, title, detail, url, audience, organisations, tokens, names,
        ARRAY(SELECT kind || ' ' || who FROM unnest(organisations
            || CASE audience WHEN 'public' THEN '{0}' WHEN 'agency' THEN '{-1}' ELSE '{}' END::bigint[]) AS who)
    FROM jsonb_to_recordset(entries) AS entry(kind text, reference text, title text, detail text, url text,
        audience text, organisations bigint[], tokens text[], names text)
    ON CONFLICT (kind, reference) DO UPDATE SET title = excluded.title, detail = excluded.detail, url = excluded.url,
        audience = excluded.audience, organisations = excluded.organisations, tokens = excluded.tokens,
        names = excluded.names, readers = excluded.readers
$$;

-- What the session reads as, for the index alone; null where it reads everything.
CREATE FUNCTION reads_as() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN current_setting('procurement.reads', true) = 'all' THEN NULL ELSE
        '{0}'::bigint[]
        || CASE WHEN current_setting('procurement.reads', true) = 'agency' THEN '{-1}' ELSE '{}' END::bigint[]
        || coalesce(nullif(current_setting('procurement.organisation', true), '')::bigint, 0)
        || coalesce(nullif(current_setting('procurement.predecessors', true), '')::bigint[], '{}')
    END
$$;

-- Of each kind so many: what has or, once enough of it is typed, begins this very number, then what holds every word, the
-- latest of them. Each kind is asked by itself, so that the planner knows how common a word is there, and whether to go by
-- it or from the latest back. A few letters are like everything, so that nothing is said to be spelt like them.
CREATE FUNCTION find_entries(asked text[], spelt text, kinds text[], most integer) RETURNS TABLE (kind text,
        reference text, title text, detail text, url text, near boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET pg_trgm.word_similarity_threshold = 0.5 SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    mine bigint[] := reads_as();
    readers_are text[];
    number text := upper(spelt);
    begins text := CASE WHEN length(spelt) < 9 THEN number ELSE number || chr(1114111) END;
    one text;
    words text[];
    any_found boolean := false;
BEGIN
    FOREACH one IN ARRAY kinds LOOP
        words := ARRAY(SELECT one || ' ' || word FROM unnest(asked) AS word);
        readers_are := ARRAY(SELECT one || ' ' || who FROM unnest(mine) AS who);
        RETURN QUERY
            WITH begun AS (
                SELECT entry.* FROM core_searchentry AS entry
                WHERE entry.kind = one AND entry.reference BETWEEN number AND begins
                    AND is_told(entry.audience, entry.organisations)
                ORDER BY entry.reference LIMIT most
            ), holding AS (
                SELECT entry.* FROM core_searchentry AS entry
                WHERE entry.kind = one AND entry.tokens @> words AND (mine IS NULL OR entry.readers && readers_are)
                    AND entry.reference NOT BETWEEN number AND begins AND is_told(entry.audience, entry.organisations)
                ORDER BY entry.id DESC LIMIT 500
            )
            SELECT entry.kind::text, entry.reference::text, entry.title, entry.detail, entry.url::text, false
            FROM (SELECT * FROM begun UNION ALL SELECT * FROM holding) AS entry
            ORDER BY entry.reference <> number, NOT starts_with(entry.reference, number),
                position(' ' || spelt IN ' ' || entry.names) = 0, length(entry.title), entry.id DESC
            LIMIT most;
        any_found := any_found OR FOUND;
    END LOOP;
    IF NOT any_found AND octet_length(spelt) > 3 THEN
        RETURN QUERY
            SELECT entry.kind::text, entry.reference::text, entry.title, entry.detail, entry.url::text, true
            FROM core_searchentry AS entry
            WHERE spelt <% entry.names AND entry.kind = ANY (kinds) AND is_told(entry.audience, entry.organisations)
            ORDER BY word_similarity(spelt, entry.names) DESC, entry.title, entry.reference LIMIT most;
    END IF;
END $$;

-- The references of one kind that hold every word, for a list of what belongs to them; where none does, of those that
-- are spelt like it.
CREATE FUNCTION find_references(one text, asked text[], spelt text) RETURNS TABLE (reference text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = public, pg_temp
    SET pg_trgm.word_similarity_threshold = 0.5 SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    words text[] := ARRAY(SELECT one || ' ' || word FROM unnest(asked) AS word);
BEGIN
    RETURN QUERY
        SELECT entry.reference::text FROM core_searchentry AS entry
        WHERE entry.kind = one AND entry.tokens @> words AND is_told(entry.audience, entry.organisations);
    IF NOT FOUND AND octet_length(spelt) > 3 THEN
        RETURN QUERY
            SELECT entry.reference::text FROM core_searchentry AS entry
            WHERE spelt <% entry.names AND entry.kind = one AND is_told(entry.audience, entry.organisations);
    END IF;
END $$;
"""
NO_SEARCH = """
DROP FUNCTION find_references(text, text[], text);
DROP FUNCTION find_entries(text[], text, text[], integer);
DROP FUNCTION reads_as();
DROP FUNCTION index_entries(jsonb);
"""
